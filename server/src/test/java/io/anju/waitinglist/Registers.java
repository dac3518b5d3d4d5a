package io.anju.waitinglist;

import io.anju.identity.NationalId;
import io.anju.testing.Workbooks;
import java.nio.charset.Charset;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Files of registers that were kept elsewhere, with people who do not exist. */
final class Registers {
    static final List<String> HEAD = List.of(
            "原登记编号", "姓名", "身份证号", "共同申请人", "社区代码", "类别", "户籍城市代码", "住房面积（平方米）", "家庭月收入（元）", "申请日期", "取得资格日期", "登记日期");

    private Registers() {}

    /** A couple; the number makes both of them somebody else. */
    static List<String> row(int number) {
        return new ArrayList<>(List.of(
                "YQ-" + number,
                "王晓" + (char) ('一' + number % 500),
                id(number, 1),
                "配偶:李小兰:" + id(number, 2),
                number % 2 == 0 ? "370202001001" : "370203001001",
                "低收入家庭",
                "370200",
                Integer.toString(number % 13),
                Integer.toString(1_500 + number % 1_000),
                "2019-03-04",
                "2019/5/6",
                "2019年6月7日"));
    }

    static String id(int number, int sex) {
        var born = LocalDate.of(1950, 1, 1).plusDays(number / 400);
        var first =
                "370202" + born.format(DateTimeFormatter.BASIC_ISO_DATE) + "%03d".formatted(2 * (number % 400) + sex);
        return first + NationalId.checkCharacter(first);
    }

    static List<List<String>> rows(int from, int count) {
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < count; i++) {
            rows.add(row(from + i));
        }
        return rows;
    }

    static byte[] text(Charset charset, List<List<String>> rows) {
        var text = new StringBuilder(String.join(",", HEAD)).append("\r\n");
        rows.forEach(row -> text.append(String.join(",", row)).append("\r\n"));
        return text.toString().getBytes(charset);
    }

    static byte[] workbook(List<List<String>> rows) {
        var all = new ArrayList<>(List.of(HEAD));
        all.addAll(rows);
        return Workbooks.of(all);
    }
}
