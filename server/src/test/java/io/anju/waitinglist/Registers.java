package io.anju.waitinglist;

import io.anju.identity.NationalId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

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

    /** The smallest workbook that there is, with texts in the cells. */
    static byte[] workbook(List<List<String>> rows) {
        var sheet = new StringBuilder(
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        sheet(sheet, 1, HEAD);
        for (int i = 0; i < rows.size(); i++) {
            sheet(sheet, i + 2, rows.get(i));
        }
        return workbook(sheet.append("</sheetData></worksheet>").toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void sheet(StringBuilder sheet, int number, List<String> row) {
        sheet.append("<row r=\"").append(number).append("\">");
        for (int i = 0; i < row.size(); i++) {
            sheet.append("<c r=\"").append((char) ('A' + i)).append(number);
            sheet.append("\" t=\"inlineStr\"><is><t>").append(row.get(i)).append("</t></is></c>");
        }
        sheet.append("</row>");
    }

    static byte[] workbook(byte[] sheet) {
        var types = "http://schemas.openxmlformats.org/package/2006/content-types";
        var relations = "http://schemas.openxmlformats.org/package/2006/relationships";
        var document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            add(zip, "[Content_Types].xml", "<Types xmlns=\"" + types + "\"/>");
            add(
                    zip,
                    "_rels/.rels",
                    "<Relationships xmlns=\"" + relations + "\"><Relationship Id=\"r1\" Type=\"" + document
                            + "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            add(
                    zip,
                    "xl/workbook.xml",
                    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\""
                            + document
                            + "\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
            add(
                    zip,
                    "xl/_rels/workbook.xml.rels",
                    "<Relationships xmlns=\"" + relations + "\"><Relationship Id=\"r1\" Type=\"" + document
                            + "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
            zip.write(sheet);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
