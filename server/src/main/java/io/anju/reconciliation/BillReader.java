package io.anju.reconciliation;

import io.anju.platform.time.Shanghai;
import io.anju.reconciliation.BillLine.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a WeChat Pay trade bill line by line, so that a file of any length needs the memory of one line.
 *
 * <p>Columns are found by their names; each field is led by a back-tick, which also parts fields whose text holds a
 * comma. Amounts in yuan become whole fen exactly or not at all. A file that does not end with its sums was cut short.
 */
final class BillReader implements AutoCloseable {
    private static final int LONGEST_LINE = 8_192;
    private static final Pattern YUAN = Pattern.compile("-?\\d{1,13}(\\.\\d{1,2}0{0,3})?");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
    private static final String SUMS = "总交易单数";
    private static final String AT = "交易时间";
    private static final String APP = "公众账号ID";
    private static final String MERCHANT = "商户号";
    private static final String TRANSACTION = "微信订单号";
    private static final String ORDER = "商户订单号";
    private static final String STATE = "交易状态";
    private static final String CURRENCY = "货币种类";
    private static final String ORDER_AMOUNT = "订单金额";
    private static final String REFUND_ID = "微信退款单号";
    private static final String REFUND = "商户退款单号";
    private static final String REFUND_AMOUNT = "申请退款金额";
    private static final String REFUND_STATE = "退款状态";
    private static final String FEE = "手续费";
    private static final List<String> NEEDED = List.of(
            AT,
            APP,
            MERCHANT,
            TRANSACTION,
            ORDER,
            STATE,
            CURRENCY,
            ORDER_AMOUNT,
            REFUND_ID,
            REFUND,
            REFUND_AMOUNT,
            REFUND_STATE,
            FEE);

    private final BufferedReader in;
    private final Map<String, Integer> columns = new HashMap<>();
    private int width;
    private int number;
    private @Nullable Sums sums;

    BillReader(InputStream in) throws IOException {
        this.in = new BufferedReader(new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)));
        readNames();
    }

    /** What the bill itself says at its end. */
    record Sums(long lines, long ordersFen, long refundsFen, long feesFen) {}

    /** A line: what it says, or why that cannot be read. */
    record Read(
            int number, @Nullable BillLine line, @Nullable String fault) {}

    /** The next line; null after the last one, when {@link #sums} are known. */
    @Nullable
    Read next() throws IOException {
        if (sums != null) {
            return null;
        }
        var text = readLine();
        if (text == null) {
            throw new UnusableBill("truncated");
        }
        if (text.startsWith(SUMS)) {
            readSums(text);
            return null;
        }
        number++;
        try {
            return new Read(number, line(fields(text, width)), null);
        } catch (Unreadable e) {
            return new Read(number, null, e.getMessage());
        }
    }

    Sums sums() {
        if (sums == null) {
            throw new IllegalStateException("the bill has not been read to its end");
        }
        return sums;
    }

    private void readNames() throws IOException {
        var names = readLine();
        if (names == null) {
            throw new UnusableBill("empty");
        }
        var all = List.of(names.replace("\ufeff", "").split(",", -1));
        for (int i = 0; i < all.size(); i++) {
            columns.put(all.get(i), i);
        }
        width = all.size();
        if (!columns.keySet().containsAll(NEEDED)) {
            throw new UnusableBill("unknown-columns");
        }
    }

    private void readSums(String names) throws IOException {
        var text = readLine();
        if (text == null) {
            throw new UnusableBill("truncated");
        }
        try {
            var titles = List.of(names.split(",", -1));
            var values = fields(text, titles.size());
            sums = new Sums(
                    Long.parseLong(values.get(0)),
                    fen(values.get(titles.indexOf("订单总金额"))),
                    fen(values.get(titles.indexOf("申请退款总金额"))),
                    fen(values.get(titles.indexOf("手续费总金额"))));
        } catch (Unreadable | IndexOutOfBoundsException | NumberFormatException e) {
            throw new UnusableBill("unreadable-sums");
        }
        for (var rest = in.readLine(); rest != null; rest = in.readLine()) {
            if (!rest.isBlank()) {
                throw new UnusableBill("more-after-the-sums");
            }
        }
    }

    /** A line of bounded length: what is no bill must not fill the memory. */
    private @Nullable String readLine() throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); ; c = in.read()) {
            if (c == -1) {
                // a last line without its end was cut short, unless nothing at all is there
                return text.isEmpty() ? null : text.toString();
            }
            if (c == '\n') {
                return text.toString();
            }
            if (c != '\r') {
                text.append((char) c);
            }
            if (text.length() > LONGEST_LINE) {
                throw new UnusableBill("line-too-long");
            }
        }
    }

    private static List<String> fields(String text, int wanted) {
        if (!text.startsWith("`")) {
            throw new Unreadable("no-back-tick");
        }
        var fields = List.of(text.substring(1).split(",`", -1));
        if (fields.size() != wanted) {
            throw new Unreadable("number-of-fields");
        }
        return fields;
    }

    private BillLine line(List<String> fields) {
        var kind =
                switch (get(fields, STATE)) {
                    case "SUCCESS" -> Kind.PAYMENT;
                    case "REFUND", "REVOKED" -> Kind.REFUND;
                    default -> throw new Unreadable("state");
                };
        boolean isPayment = kind == Kind.PAYMENT;
        return new BillLine(
                number,
                kind,
                named(fields, isPayment ? ORDER : REFUND),
                named(fields, isPayment ? TRANSACTION : REFUND_ID),
                time(get(fields, AT)),
                get(fields, MERCHANT),
                get(fields, APP),
                get(fields, CURRENCY),
                fen(get(fields, isPayment ? ORDER_AMOUNT : REFUND_AMOUNT)),
                fen(get(fields, FEE)),
                isPayment ? "" : get(fields, REFUND_STATE));
    }

    private String get(List<String> fields, String column) {
        return fields.get(columns.getOrDefault(column, 0));
    }

    private String named(List<String> fields, String column) {
        var name = get(fields, column);
        if (name.isBlank() || name.length() > 64) {
            throw new Unreadable("numbers");
        }
        return name;
    }

    private static Instant time(String text) {
        try {
            return LocalDateTime.parse(text, TIME).atZone(Shanghai.ZONE).toInstant();
        } catch (DateTimeException e) {
            throw new Unreadable("time");
        }
    }

    /** Yuan with up to five places, of which only two may say something. */
    static long fen(String yuan) {
        if (!YUAN.matcher(yuan).matches()) {
            throw new Unreadable("amount");
        }
        return new BigDecimal(yuan).movePointRight(2).longValueExact();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** A line that is no line of a bill. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String what) {
            super(what, null, false, false);
        }
    }
}
