"""The county's verbs: what each step is called on buttons, in the timeline and in messages."""

from django.utils.translation import gettext_lazy as _

STEP_LABELS = {
    "register": _("登记"),
    "settle_on_spot": _("当场化解"),
    "accept": _("受理"),
    "decline": _("不予受理"),
    "merge": _("并案"),
    "merged_in": _("并入其他登记"),
    "merged_on": _("随同并案"),
    "assign": _("分流交办"),
    "hand_down": _("交办乡镇"),
    "pass_to": _("转交"),
    "report_up": _("上报县级"),
    "accept_report": _("接收上报"),
    "sign_for": _("签收"),
    "change_person": _("改派责任人"),
    "request_return": _("申请退回"),
    "decide_return": _("审批退回"),
    "take_back": _("撤回申请"),
    "transfer": _("转办"),
    "report_progress": _("报告进展"),
    "suspend": _("中止计时"),
    "resume": _("恢复计时"),
    "begin_mediation": _("登记调解起算"),
    "request_extension": _("申请延期"),
    "decide_extension": _("审批延期"),
    "submit_result": _("报结"),
    "approve_result": _("审结"),
    "reject_result": _("退回重办"),
    "revisit": _("回访"),
    "tell_routes": _("告知途径"),
    "answer_not_resolved": _("答复处理未果"),
    "close": _("销号"),
    "archive": _("归档"),
    "reopen": _("重启"),
    "withdraw": _("撤回"),
    "correct": _("更正登记"),
    "add_party": _("增加当事人"),
    "correct_party": _("更正当事人"),
    "mark_conflict": _("标记回避"),
    "restrict": _("设为限制知悉"),
    "lift_restriction": _("解除限制知悉"),
    "instruct": _("批示"),
    "comment": _("内部留言"),
    "correct_comment": _("更正留言"),
    "answer_origin": _("答复来件单位"),
    "deadline_missed": _("超期"),
    "told_again": _("再次提醒县级"),
    "decider_reminded": _("再次提醒审批"),
    "clocks_shortened": _("缩短时限"),
    "request_voided": _("申请失效"),
    "decision_moved_up": _("转上级审批"),
    "danger_reported": _("危险情况报告"),
    "texts_erased": _("文本按期删除"),
    "coordinated": _("调度决定"),
    "reviewed_weekly": _("每周研判"),
    "reminded": _("催办"),
    "person_fell_to_head": _("责任人离任，暂由负责人承担"),
    "person_changed": _("责任人变更"),
    "paper_added": _("补充材料"),
    "query_code_renewed": _("重新生成查询码"),
}

# What a step does, said before it is taken.
STEP_EFFECTS = {
    "accept": _("受理后开始计算化解时限，并可打印受理告知书交给当事人。"),
    "decline": _(
        "不予受理后本件结束。须写明理由，并告知当事人可以走的其他途径，可打印不予受理告知书。此操作不能撤销。"
    ),
    "merge": _(
        "并案后本件结束，由并入的纠纷继续办理，对方可以查看本件的事由、当事人和材料；"
        "两件中应当回避的单位和人员、限制知悉的要求都对合并后的纠纷有效；两份登记回执都继续有效。此操作不能撤销。"
    ),
    "assign": _(
        "确定唯一的责任单位和责任人，对方须在规定时限内签收；一、二级预警和有人身危险的，按小时计算。"
    ),
    "hand_down": _(
        "交办后由该乡镇受理、分流和办理，乡镇的各项时限都不晚于县级要求的日期；办理过程县综治中心随时可以查看，"
        "办理结果由县综治中心审结。不填日期的，按县级正在计算的化解时限或规定期限，并且不晚于来件单位要求的日期。"
    ),
    "pass_to": _(
        "转交本镇单位的，由该单位签收办理；还没有受理的同时受理。转交其他乡镇的，由该乡镇受理办理，编号不变，"
        "县综治中心同时收到通知，登记人可以继续查看进展；只能转交一次。"
    ),
    "report_up": _(
        "上报后由县综治中心接收；接收之前仍由本中心保管。县级交办的件，上报即退回县综治中心，请写明理由。"
    ),
    "accept_report": _("接收后由县综治中心管理和分流，涉及的其他乡镇可以查看。"),
    "sign_for": _("签收后由本单位负责办理。可以改派本单位的另一位承办人。"),
    "change_person": _("改派只在本单位内部进行，不改变责任单位。"),
    "request_return": _(
        "退回须在交办后的规定期限内提出；同意之前仍由本单位负责，时限照常计算，也可以撤回申请。"
    ),
    "decide_return": _("同意后退回重新分流，占用的时间予以补回；不同意则由原单位继续办理。"),
    "take_back": _("撤回后申请作废，由本单位继续办理，原来的时限照常计算；等待审批的单位会收到通知。"),
    "transfer": _("转办后由新的单位负责；原单位只能看到转办之前的记录。"),
    "report_progress": _("进展写入流转记录，供交办单位和领导查看。"),
    "suspend": _("法定途径（如鉴定、仲裁、诉讼）进行期间中止计算化解时限；预警时限不受影响。"),
    "resume": _("恢复后继续计算化解时限。"),
    "begin_mediation": _(
        "公安机关调解道路交通事故损害赔偿的期限，只从这里登记的法定起算日起计算，不从受理之日起算；登记后化解时限按法定期限重新计算。"
        "登记错了的，可以重新登记。"
    ),
    "request_extension": _(
        "延期须在到期前至少一个工作日提出；第一次由交办单位决定，再次延期由责任领导决定。"
    ),
    "decide_extension": _("须在规定期限内决定；化解时限到期仍未决定的，申请失效。"),
    "submit_result": _(
        "报结后由交办单位审结；报结之日即视为完成办理的日期，被退回重办的继续计算原时限，审结超期的时间补回。"
        "还在等待审批的延期申请随报结终止。"
    ),
    "approve_result": _("审结由报结人以外的人员进行。县级交办的件，乡镇审结后报县综治中心审结。"),
    "reject_result": _("退回重办不重新计算时限；审结超过规定期限的时间补回给承办单位。"),
    "revisit": _("回访由承办人以外的人员进行；两次未联系上的，可说明理由免于回访。"),
    "tell_routes": _(
        "登记已经告知当事人哪些法定途径、何时、怎样告知的；当事人当场或以后选择了其中一项的，一并登记。"
        "可以打印处理未果告知书交给当事人签收。写错了或者当事人后来才选择的，再登记一次，原来的内容保留在流转记录里。"
    ),
    "answer_not_resolved": _(
        "处理未果的由主要领导答复：继续组织化解的，由综治中心重新分流；同意转其他途径的，告知途径并回访以后才能销号。"
        "管理中心会收到通知；以后可以再次答复，以最后一次为准。"
    ),
    "close": _("销号后本件结束，可以补充材料或重启。"),
    "archive": _("归档后只能补充材料或重启。"),
    "reopen": _("重启后重新分流并开始新的时限；以前的超期记录仍然保留。"),
    "withdraw": _("撤回后本件结束；未解除的预警继续有效。此操作不能撤销。"),
    "correct": _(
        "原来的内容保留在流转记录里。更正后按 §8 重新认定责任领导，事由、标题或人数有改动的重新识别预警；"
        "已经打印的文书请重新打印交给当事人。登记当天由登记人更正，之后由综治中心主任更正。"
    ),
    "add_party": _("按登记时的规则核对。当事人多于涉及人数的，涉及人数随之增加。"),
    "correct_party": _(
        "不改的留空。要删去电话、证件号码或住址的，填“无”。当事人自己要求更正的，不需要其说明理由，"
        "写明“当事人要求更正”即可。"
    ),
    "mark_conflict": _(
        "立即生效：应当回避的单位和人员从此看不到本件，也不能办理；由其承办的，退回管理中心重新分流，"
        "其提出的申请和报结不再有效；涉及乡镇及以上单位或人员的，由县综治中心管理。标记不能撤销。"
    ),
    "restrict": _("立即生效：只有指定的岗位和人员能打开本件，责任人、登记人和管理中心照常办理。"),
    "lift_restriction": _("立即生效：所在乡镇、县和承办单位又能打开本件。"),
    "instruct": _("批示写入流转记录，承办单位、协办单位和管理中心会收到通知；责任单位和时限不变。"),
    "comment": _(
        "写给能查看本件的同事，留在流转记录里；当事人和作为当事人的单位看不到，文书上也没有。"
        "留言不是办理环节，不改变轮到谁办、时限和责任；要办的事请用相应的环节。"
    ),
    "correct_comment": _("只能更正自己的留言；原来的内容仍留在流转记录里，注明已更正。"),
    "answer_origin": _(
        "登记已经给来件单位的书面答复。来件要求的期限随之完成；纠纷办结、销号以后也可以登记。"
    ),
}

# What is asked of whose turn it is.
ASKED: dict[str, object] = {
    "registered": _("请办理受理"),
    "accepted": _("请分流交办"),
    "reopened": _("请重新分流"),
    "assigned": _("请签收"),
    "in_progress": _("请继续办理"),
    "result_submitted": _("请审结"),
    "settled": _("请回访并销号"),
    "not_resolved": _("处理未果，请告知当事人其他途径并回访，或者重新分流"),
}
# The same while a request waits, where it is not one to be granted or refused.
PENDING_ASKED: dict[str, object] = {"approval": _("乡镇已审结，请县级审结")}
