"""What people of the demo write at a step, whatever the matter."""

QUESTION = "@{name} 双方近日有没有再见面？见面后请把情况写进进展，下周调度会要用。"
ORDER = "请抓紧与有关机关对接，材料一次移送清楚，结果及时告知当事人。"
INSTRUCTIONS = (  # 拟办意见 of who dispatches; often none is written
    None,
    "请三日内与双方见面，核实情况后组织调解，结果按时报结。",
    None,
    "请先到现场查看，能当场协调的当场协调，进展及时报告。",
)
CANNED = (  # 常用语 every town's centre keeps; field, sentence
    ("instruction", "请三日内与双方见面，核实情况后组织调解；谈不拢的，书面告知仲裁、诉讼途径。"),
    ("reason", "经核实，不属于本镇职责范围，已当面告知有权处理的单位和联系方式。"),
    ("account", "已电话联系双方，均愿意到综治中心面谈；面谈情况另行记录。"),
)
