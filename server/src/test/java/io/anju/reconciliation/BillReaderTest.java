package io.anju.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.reconciliation.BillLine.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BillReaderTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 3);

    private final BillText bill = new BillText()
            .add(BillText.payment(DAY, "P1", "42001", 5605))
            .add(BillText.refund(DAY, "R1", "50001", 600));

    @Test
    void reads_payments_refunds_and_the_sums() throws IOException {
        try (var reader = reader(bill.text())) {
            var lines = all(reader);
            assertThat(lines).hasSize(2);
            assertThat(lines.get(0).line())
                    .isEqualTo(new BillLine(
                            1,
                            Kind.PAYMENT,
                            "P1",
                            "42001",
                            Instant.parse("2026-03-03T04:34:56Z"),
                            "1900000001",
                            "wxsimulated0000001",
                            "CNY",
                            5605,
                            34,
                            ""));
            assertThat(lines.get(1).line()).satisfies(line -> {
                assertThat(line.kind()).isEqualTo(Kind.REFUND);
                assertThat(line.subject()).isEqualTo("R1");
                assertThat(line.channelNumber()).isEqualTo("50001");
                assertThat(line.amountFen()).isEqualTo(600);
                assertThat(line.feeFen()).isEqualTo(-4);
            });
            assertThat(reader.sums()).isEqualTo(new BillReader.Sums(2, 5605, 600, 30));
        }
    }

    @Test
    void columns_are_found_by_their_names_and_a_byte_order_mark_is_passed_over() throws IOException {
        var text = "\ufeff" + bill.text().replace("\r\n", "\n");
        try (var reader = reader(text)) {
            assertThat(all(reader)).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "56.05,5605",
        "0.01,1",
        "0,0",
        "12,1200",
        "1.5,150",
        "-0.04000,-4",
        "0.34000,34",
        "9999999999.99,999999999999"
    })
    void yuan_become_fen_exactly(String yuan, long fen) {
        assertThat(BillReader.fen(yuan)).isEqualTo(fen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.005", "0.05940", "1,000.00", "1e3", "+1", ".5", "1.", "NaN", "12345678901234", "１"})
    void an_amount_that_is_not_whole_fen_is_not_guessed(String yuan) {
        assertThatThrownBy(() -> BillReader.fen(yuan)).isInstanceOf(BillReader.Unreadable.class);
    }

    @Test
    void a_line_that_cannot_be_read_does_not_stop_the_others() throws IOException {
        bill.addUnreadable("`only,`three,`fields")
                .addUnreadable("no back-tick")
                .addUnreadable(BillText.payment(DAY, "P9", "42009", 1).text().replace("`0.01,", "`0.005,"))
                .addUnreadable(BillText.payment(DAY, "P9", "42009", 1).text().replace("SUCCESS", "SOMETHING"))
                .addUnreadable(BillText.payment(DAY, "P9", "42009", 1).text().replace("2026-03-03", "2026-02-30"));
        try (var reader = reader(bill.text())) {
            assertThat(all(reader))
                    .extracting(BillReader.Read::fault)
                    .containsExactly(null, null, "number-of-fields", "no-back-tick", "amount", "state", "time");
        }
    }

    @Test
    void every_cut_is_noticed() {
        var whole = bill.text().getBytes(StandardCharsets.UTF_8);
        var end = new String(whole, StandardCharsets.UTF_8).stripTrailing().getBytes(StandardCharsets.UTF_8).length;
        for (int length = 0; length < end - 12; length += 7) {
            var cut = new byte[length];
            System.arraycopy(whole, 0, cut, 0, length);
            assertThatThrownBy(() -> {
                        try (var reader = new BillReader(new ByteArrayInputStream(cut))) {
                            all(reader);
                        }
                    })
                    .as("cut after %d bytes", length)
                    .isInstanceOfAny(UnusableBill.class, CharacterCodingException.class);
        }
    }

    @Test
    void what_is_no_bill_is_refused() {
        requireUnusable("", "empty");
        requireUnusable("<html>error</html>\n", "unknown-columns");
        requireUnusable(bill.text() + "`1\n", "more-after-the-sums");
        requireUnusable(BillText.NAMES + "\n" + "x".repeat(9_000) + "\n", "line-too-long");
        requireUnusable(bill.text().replace(",`56.05,`6.00\r", ",`56.055,`6.00\r"), "unreadable-sums");
    }

    @Test
    void never_reads_far_ahead_of_the_line_it_gives() throws IOException {
        var line = (BillText.payment(DAY, "P1", "42001", 5605).text() + "\r\n").getBytes(StandardCharsets.UTF_8);
        var source = new Endless((BillText.NAMES + "\r\n").getBytes(StandardCharsets.UTF_8), line);
        try (var reader = new BillReader(source)) {
            for (long i = 1; i <= 100_000; i++) {
                assertThat(reader.next()).isNotNull();
                assertThat(source.given - i * line.length).isLessThan(65_536);
            }
        }
    }

    private static void requireUnusable(String text, String reason) {
        assertThatThrownBy(() -> {
                    try (var reader = reader(text)) {
                        all(reader);
                    }
                })
                .isInstanceOfSatisfying(
                        UnusableBill.class,
                        unusable -> assertThat(unusable.reason()).isEqualTo(reason));
    }

    private static BillReader reader(String text) throws IOException {
        return new BillReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<BillReader.Read> all(BillReader reader) throws IOException {
        var all = new ArrayList<BillReader.Read>();
        for (var read = reader.next(); read != null; read = reader.next()) {
            all.add(read);
        }
        return all;
    }

    /** A bill without an end, made while it is read. */
    private static final class Endless extends InputStream {
        private final byte[] line;
        private byte[] now;
        private int at;
        private long given;

        Endless(byte[] first, byte[] line) {
            this.now = first;
            this.line = line;
        }

        @Override
        public int read(byte[] to, int from, int length) {
            for (int i = 0; i < length; i++) {
                to[from + i] = (byte) read();
            }
            return length;
        }

        @Override
        public int read() {
            if (at == now.length) {
                now = line;
                at = 0;
            }
            given++;
            return now[at++];
        }
    }
}
