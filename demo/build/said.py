"""What people of the demo write at a step, whatever the matter."""

QUESTION = "双方近日有没有再见面？见面后请把情况写进进展，下周调度会要用。"
ORDER = "请抓紧与有关机关对接，材料一次移送清楚，结果及时告知当事人。"
INSTRUCTIONS = (  # 拟办意见 of who dispatches; often none is written
    None,
    "请三日内与双方见面，核实情况后组织调解，结果按时报结。",
    None,
    "请先到现场查看，能当场协调的当场协调，进展及时报告。",
)
