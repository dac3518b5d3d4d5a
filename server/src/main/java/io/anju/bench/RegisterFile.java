package io.anju.bench;

import io.anju.identity.NationalId;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * A register of any length as an office might hand it over: in GB18030, with households that are in it twice, with dates
 * that contradict each other, and cut off in the middle of its last line. The people in it do not exist.
 */
final class RegisterFile {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final int TWICE_EVERY = 10_000;
    private static final int CONTRADICTING_EVERY = 10_007;
    private static final int BORN_ON_A_DAY = 400;
    private static final List<String> COMMUNITIES = List.of("370202001001", "370202001002", "370203001001");

    private final int rows;
    private int faulty;

    /** @param rows with the broken one */
    RegisterFile(int rows) {
        this.rows = rows;
    }

    /** Rows that nobody should enter; known once the file is written. */
    int faulty() {
        return faulty;
    }

    void write(Path file) throws IOException {
        faulty = 1;
        try (var out = Files.newBufferedWriter(file, GB18030)) {
            out.write("原登记编号,姓名,身份证号,共同申请人,社区代码,类别,户籍城市代码,住房面积（平方米）,家庭月收入（元）,申请日期,取得资格日期,登记日期\r\n");
            for (int number = 1; number < rows; number++) {
                row(out, number);
            }
        }
        cutOff(file);
    }

    private void row(BufferedWriter out, int number) throws IOException {
        boolean isTwice = number % TWICE_EVERY == 0;
        boolean contradicts = number % CONTRADICTING_EVERY == 0;
        // of two rows with the same people nobody can tell which is right: both are faulty
        faulty += isTwice ? 2 : contradicts ? 1 : 0;
        int person = isTwice ? number - 1 : number;
        out.write("YQ-" + number + ",王晓" + (char) ('一' + number % 500) + ',' + id(person, 1));
        out.write(",配偶:李小兰:" + id(person, 2) + ',' + COMMUNITIES.get(number % COMMUNITIES.size()));
        out.write(",低收入家庭,370200," + number % 13 + ',' + (1_500 + number % 1_000) + ",2019-03-04,");
        out.write(contradicts ? "2019-01-01" : "2019-05-06");
        out.write(",2019-06-07\r\n");
    }

    /** The first byte of a character of two, and nothing behind it. */
    private static void cutOff(Path file) throws IOException {
        var line = "YQ-last,王".getBytes(GB18030);
        try (var out = Files.newByteChannel(file, StandardOpenOption.APPEND)) {
            out.write(ByteBuffer.wrap(line, 0, line.length - 1));
        }
    }

    private static String id(int person, int sex) {
        var born = LocalDate.of(1950, 1, 1).plusDays(person / BORN_ON_A_DAY);
        var first = "370202" + born.format(DateTimeFormatter.BASIC_ISO_DATE)
                + "%03d".formatted(2 * (person % BORN_ON_A_DAY) + sex);
        return first + NationalId.checkCharacter(first);
    }
}
