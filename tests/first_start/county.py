"""A county nobody has set up yet: its files as a county would bring them, written by hand."""

from __future__ import annotations

PLACES = """统计用区划代码,城乡分类代码,名称
360000000000,,某省
369900000000,,某市
369902000000,,云岭县
369902100000,,白石镇
369902100201,122,上湾村委会
369902100202,220,下湾村民委员会
369902100001,111,河街社区居委会
369902200000,,茶亭乡
369902200201,220,茶亭村委会
369902001000,,城关街道办事处
369902001001,111,东门社区居委会
"""
OFFICERS = """账号,姓名,单位代码,岗位,职务,电子邮箱,手机
chen.admin,陈一,,系统管理员,,chen@yunling.example,
li.security,李二,,安全管理员,,,
wang.audit,王三,,审计员,,,
"""
PEOPLE = (
    OFFICERS
    + """zhao.clerk,赵四,t02.centre,受理员,,,
qian.director,钱五,t02.centre,综治中心主任,,,
sun.village,孙六,t02.v02,村（社区）党组织书记,,,
"""
)
HOLIDAYS = """日期,类型,名称
2031-01-01,休,元旦
2031-01-23,休,春节
2031-01-25,班,春节调休
"""
