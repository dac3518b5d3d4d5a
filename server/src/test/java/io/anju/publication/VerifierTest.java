package io.anju.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.publication.Verifier.Report;
import io.anju.testing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever changes anything of a publication is found out by whoever has the file. */
class VerifierTest {
    private static final int TAMPERINGS = Integer.getInteger("anju.tamperings", 5_000);

    @ParameterizedTest
    @EnumSource(Form.class)
    void a_publication_as_it_was_downloaded_is_sound(Form form) throws IOException {
        for (int size : List.of(0, 1, 2, 3, 1_023, 1_024, 1_025, 2_100)) {
            var report = verify(Publications.file(form, rows(size)));
            assertThat(report.fault()).as("%d rows", size).isNull();
            assertThat(report.total()).isEqualTo(size);
        }
    }

    /** Of each form: ten thousand of both. */
    @ParameterizedTest
    @EnumSource(Form.class)
    void every_change_of_any_byte_is_found(Form form) throws IOException {
        long seed = Seeds.of(VerifierTest.class);
        var random = new Random(seed);
        var file = Publications.file(form, rows(25));
        for (int i = 0; i < TAMPERINGS; i++) {
            var tampered = tamper(file, random);
            assertThat(verify(tampered).holds())
                    .as("seed %d, tampering %d of %s", seed, i, form)
                    .isFalse();
        }
    }

    /** Another value for a byte, a byte less, a byte more, a piece twice, a piece less, or two bytes swapped. */
    private static byte[] tamper(byte[] file, Random random) {
        while (true) {
            int at = random.nextInt(file.length);
            var changed =
                    switch (random.nextInt(6)) {
                        case 0 -> with(file, at, (byte) random.nextInt(256));
                        case 1 -> splice(file, at, at + 1, new byte[0]);
                        case 2 -> splice(file, at, at, new byte[] {(byte) random.nextInt(256)});
                        case 3 -> splice(file, at, at, piece(file, at, random));
                        case 4 -> splice(file, at, at + piece(file, at, random).length, new byte[0]);
                        default -> {
                            int other = random.nextInt(file.length);
                            yield with(with(file, at, file[other]), other, file[at]);
                        }
                    };
            if (!Arrays.equals(changed, file)) {
                return changed;
            }
        }
    }

    private static byte[] piece(byte[] file, int at, Random random) {
        return Arrays.copyOfRange(file, at, Math.min(file.length, at + 1 + random.nextInt(400)));
    }

    private static byte[] with(byte[] file, int at, byte value) {
        var changed = file.clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] splice(byte[] file, int from, int to, byte[] between) {
        var changed = new byte[file.length - (to - from) + between.length];
        System.arraycopy(file, 0, changed, 0, from);
        System.arraycopy(between, 0, changed, from, between.length);
        System.arraycopy(file, to, changed, from + between.length, file.length - to);
        return changed;
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void every_single_byte_counts(Form form) throws IOException {
        var file = Publications.file(form, rows(2));
        for (int at = 0; at < file.length; at++) {
            // the neighbour, the other case or another sign, and what is no character of its own
            for (int bit : new int[] {0x01, 0x20, 0x80}) {
                assertThat(verify(with(file, at, (byte) (file[at] ^ bit))).holds())
                        .as("byte %d, bit %x", at, bit)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void the_same_said_in_other_bytes_is_not_the_same(Form form) throws IOException {
        var text = new String(Publications.file(form, rows(3)), StandardCharsets.UTF_8);
        var others = form == Form.CSV
                ? List.of(
                        text.replace("\n", "\r\n"),
                        text.substring(1),
                        text + "\n",
                        text.replace(",low-income,", ",\"low-income\","),
                        text.replace("王", "\u738b\u200b"))
                : List.of(
                        text.replace("\n", "\r\n"),
                        text.replace("\":\"", "\": \""),
                        text.replace("\"lines\":[\n", "\"lines\":["),
                        text.replace("王**", "\\u738b**"),
                        text.replace("\"rank\":1,", "\"rank\":1.0,"),
                        text.replace("{\"rank\":2,", "{\"rank\":2,\"rank\":2,"),
                        text.replace("]}", "],\"more\":1}"));
        for (var other : others) {
            assertThat(other).isNotEqualTo(text);
            assertThat(verify(other.getBytes(StandardCharsets.UTF_8)).holds())
                    .as(other)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void rows_in_another_order_are_named_even_where_the_authority_signs_them(Form form) throws IOException {
        var rows = rows(10);
        var swapped = new ArrayList<>(rows);
        swapped.set(4, ranked(rows.get(5), 5));
        swapped.set(5, ranked(rows.get(4), 6));
        var report = verify(Publications.file(form, swapped));
        assertThat(report.fault()).startsWith("the row does not come after the one before it");
        assertThat(report.line()).isEqualTo(Form.HEAD_LINES + 6);
    }

    @Test
    void ties_are_decided_by_the_next_key() throws IOException {
        var rows = rows(6);
        // rows 2 and 3 have the same score
        var swapped = new ArrayList<>(rows);
        swapped.set(1, ranked(rows.get(2), 2));
        swapped.set(2, ranked(rows.get(1), 3));
        assertThat(verify(Publications.file(Form.CSV, swapped)).line()).isEqualTo(Form.HEAD_LINES + 3);
    }

    private static Row ranked(Row row, int rank) {
        var values = new ArrayList<>(row.values());
        values.set(Column.RANK.ordinal(), Integer.toString(rank));
        return new Row(values);
    }

    @Test
    void a_row_that_was_changed_but_is_well_formed_breaks_the_root() throws IOException {
        var rows = rows(10);
        var changed = new ArrayList<>(rows);
        var values = new ArrayList<>(rows.get(7).values());
        values.set(Column.MASKED_NAME.ordinal(), "李**");
        changed.set(7, new Row(values));
        assertThat(verify(Publications.file(Form.CSV, rows, changed)).fault()).contains("root");
    }

    @ParameterizedTest
    @CsvSource({"9, rows are missing: 9 of 10", "11, there is more than the statement says"})
    void rows_that_are_missing_or_too_many_are_named(int held, String fault) throws IOException {
        var report = verify(Publications.file(Form.CSV, rows(10), rows(held)));
        assertThat(report.fault()).isEqualTo(fault);
        assertThat(report.line()).isEqualTo(Form.HEAD_LINES + Math.min(held, 10) + 1);
    }

    @Test
    void another_authoritys_signature_is_no_use() throws IOException {
        var file = Publications.file(Form.CSV, rows(3));
        assertThat(Verifier.verify(in(file), Publications.publicKey(), null).holds())
                .isTrue();
        assertThat(Verifier.verify(in(file), "00".repeat(32), null).fault()).contains("another key");
    }

    @Test
    void gives_the_row_of_a_receipt_number() throws IOException {
        var rows = rows(50);
        var file = Publications.file(Form.JSON, rows);
        assertThat(Verifier.verify(in(file), null, "370200-2026-0000007-K").row())
                .isEqualTo(rows.get(6).text());
        assertThat(Verifier.verify(in(file), null, "370200-2026-9999999-K").row())
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void says_what_is_no_publication_at_all(Form form) throws IOException {
        for (var text : List.of("", "\n", "rank\n1\n", "{}", "{\"statement\":{},\n", "\ufeff#statement \n")) {
            assertThat(verify(text.getBytes(StandardCharsets.UTF_8)).holds()).isFalse();
        }
        assertThat(verify(new byte[3 << 20]).fault()).isEqualTo("the line is too long");
    }

    private static List<Row> rows(int count) {
        return Publications.rows(new Random(20261101), count);
    }

    private static Report verify(byte[] file) throws IOException {
        return Verifier.verify(in(file), null, null);
    }

    private static ByteArrayInputStream in(byte[] file) {
        return new ByteArrayInputStream(file);
    }
}
