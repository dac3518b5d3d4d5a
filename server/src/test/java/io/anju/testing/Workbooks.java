package io.anju.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The smallest workbooks that there are, with texts in the cells. */
public final class Workbooks {
    private Workbooks() {}

    /** The first row is the head. */
    public static byte[] of(List<List<String>> rows) {
        var sheet = new StringBuilder(
                "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>");
        for (int i = 0; i < rows.size(); i++) {
            sheet(sheet, i + 1, rows.get(i));
        }
        return of(sheet.append("</sheetData></worksheet>").toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void sheet(StringBuilder sheet, int number, List<String> row) {
        sheet.append("<row r=\"").append(number).append("\">");
        for (int i = 0; i < row.size(); i++) {
            sheet.append("<c r=\"").append((char) ('A' + i)).append(number);
            sheet.append("\" t=\"inlineStr\"><is><t>").append(row.get(i)).append("</t></is></c>");
        }
        sheet.append("</row>");
    }

    /** Around this sheet, whatever it is. */
    public static byte[] of(byte[] sheet) {
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
