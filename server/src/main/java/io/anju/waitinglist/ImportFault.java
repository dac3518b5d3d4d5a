package io.anju.waitinglist;

import io.anju.policy.Text;
import java.util.Locale;

/** What can be wrong with a row of an imported register, in words that say nothing of what the row holds. */
enum ImportFault {
    UNREADABLE("文件无法读取", "the file cannot be read"),
    TOO_LARGE("解压后超出限制", "larger than allowed when unpacked"),
    UNKNOWN_COLUMN("有不认识的列", "there is a column that nobody knows"),
    COLUMN_MISSING("缺少此列", "this column is missing"),
    COLUMN_TWICE("此列出现两次", "this column is there twice"),
    FIELD_COUNT("该行列数与表头不符", "the row has another number of fields than the head"),
    REQUIRED("不得为空", "must not be empty"),
    TOO_LONG("内容过长", "too long"),
    NOT_TEXT("含有不可见或无法识别的字符", "holds control or undecodable characters"),
    NOT_A_DATE("不是日期", "not a date"),
    NOT_A_NUMBER("不是数字或超出范围", "not a number, or out of range"),
    DATE_IN_FUTURE("日期晚于今天", "lies in the future"),
    BEFORE_APPLICATION("早于申请日期", "before the application"),
    BEFORE_QUALIFICATION("早于取得资格日期", "before the qualification"),
    BEFORE_BIRTH("早于出生日期", "before the birth"),
    NATIONAL_ID_FORM("身份证号格式有误", "not the form of a national ID"),
    NATIONAL_ID_REGION("身份证号地区码有误", "the national ID names no region"),
    NATIONAL_ID_BIRTH_DATE("身份证号出生日期有误", "the national ID's date of birth cannot be"),
    NATIONAL_ID_CHECK_DIGIT("身份证号校验位有误", "the national ID's check character does not match"),
    UNKNOWN_COMMUNITY("不是本市的社区", "no community of this city"),
    UNKNOWN_CATEGORY("不认识的类别", "no category"),
    UNKNOWN_GROUP("不认识的特殊类别", "no group that rules name"),
    MEMBERS_FORM("共同申请人应写作“关系:姓名:身份证号”，以分号隔开", "members are written relation:name:ID, with semicolons between"),
    MORE_THAN_ONE_SPOUSE("配偶多于一人", "more than one spouse"),
    SIZE_DIFFERS("家庭人数与成员数不符", "the number of members differs"),
    CANNOT_BE_SCORED("现行规则无法评分", "the rules in force cannot score it"),
    DUPLICATE_IN_FILE("同一人或同一编号在文件中重复", "the same person or number is in the file twice"),
    ALREADY_APPLIED("有成员已在本市申请或轮候", "a member already applied or waits in this city"),
    ALREADY_HOUSED("有成员已享受本市保障住房", "a member already lives in a home of this city"),
    BARRED("有成员仍在不得再次申请的期限内", "a member may not apply again yet"),
    ALREADY_IMPORTED("该编号已导入", "this number was imported already");

    private final Text text;

    ImportFault(String zh, String en) {
        this.text = new Text(zh, en);
    }

    /** The code in reports and in the database, such as {@code not-a-date}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Text text() {
        return text;
    }

    static ImportFault of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
