package io.anju.sandbox.wechatpay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.time.Shanghai;
import io.anju.sandbox.wechatpay.BillDefects.Defect;
import io.anju.sandbox.wechatpay.PaySwitches.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes trade bills and keeps them for as long as their links live. Writes files: for worker threads. */
final class BillDownloads {
    private static final LocalTime READY_AT = LocalTime.of(10, 0);
    private static final int KEPT_MONTHS = 3;
    private static final Duration LINK_LIVES = Duration.ofMinutes(5);

    private final PayBook orders;
    private final RefundBook refunds;
    private final PaySwitches switches;
    private final Map<String, Download> downloads = new ConcurrentHashMap<>();

    BillDownloads(PayBook orders, RefundBook refunds, PaySwitches switches) {
        this.orders = orders;
        this.refunds = refunds;
        this.switches = switches;
    }

    private record Download(Path file, Instant expiresAt) {}

    /** Makes the bill of a day and gives what {@code /v3/bill/tradebill} answers. */
    ObjectNode make(@Nullable String date, @Nullable String type, @Nullable String tar, String base, Instant now)
            throws IOException {
        var day = requireDay(date, now);
        if (tar != null && !tar.equals("GZIP")) {
            throw new PayFault(PayError.PARAM_ERROR, "tar_type不合法");
        }
        var lines = lines(day, type == null ? "ALL" : type);
        if (lines.isEmpty()) {
            throw new PayFault(PayError.NO_STATEMENT_EXIST);
        }
        deleteExpired(now);
        var file = Files.createTempFile("simulated-bill", tar == null ? ".csv" : ".csv.gz");
        var digest = write(file, lines, tar != null);
        var lives = switches.take(Effect.BILL_LINK_SECONDS)
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(LINK_LIVES);
        var token = PayKeys.nonce(40);
        downloads.put(token, new Download(file, now.plus(lives)));
        return PayDocuments.object()
                .put("hash_type", "SHA1")
                .put("hash_value", digest)
                .put("download_url", base + "/v3/billdownload/file?token=" + token);
    }

    private static LocalDate requireDay(@Nullable String date, Instant now) {
        LocalDate day;
        try {
            day = LocalDate.parse(String.valueOf(date));
        } catch (DateTimeParseException e) {
            throw new PayFault(PayError.PARAM_ERROR, "bill_date不合法");
        }
        var today = Shanghai.date(now);
        if (!day.isBefore(today) || day.isBefore(today.minusMonths(KEPT_MONTHS))) {
            throw new PayFault(PayError.INVALID_REQUEST, "仅支持三个月内的账单下载申请");
        }
        if (now.isBefore(day.plusDays(1).atTime(READY_AT).atZone(Shanghai.ZONE).toInstant())) {
            throw new PayFault(PayError.STATEMENT_CREATING);
        }
        return day;
    }

    private List<BillLine> lines(LocalDate day, String type) {
        var payments = orders.chargesOf(day).stream().map(BillLine::of);
        var givenBack =
                refunds.acceptedOn(day).stream().map(refund -> BillLine.of(refund, orders.get(refund.outTradeNo())));
        return switch (type) {
            case "ALL" -> Stream.concat(payments, givenBack).toList();
            case "SUCCESS" -> payments.toList();
            case "REFUND" -> givenBack.toList();
            default -> throw new PayFault(PayError.PARAM_ERROR, "bill_type不合法");
        };
    }

    /** Gives the SHA-1 of what is inside, not of the compressed file. */
    private String write(Path file, List<BillLine> lines, boolean isCompressed) throws IOException {
        var defects = switches.take(Effect.BILL_DEFECT)
                .map(names -> Arrays.stream(names.split(",")).map(Defect::of).toList())
                .orElse(List.of());
        var whole = Files.createTempFile("simulated-bill", ".whole");
        try {
            var digest = sha1();
            try (var out = new DigestOutputStream(Files.newOutputStream(whole), digest)) {
                TradeBill.write(out, lines, defects);
            }
            var length = Files.size(whole);
            var sent = switches.isTaken(Effect.TRUNCATED_BILL) ? length * 2 / 3 : length;
            try (var in = Files.newInputStream(whole);
                    var out = open(file, isCompressed)) {
                copy(in, out, sent);
            }
            return switches.isTaken(Effect.WRONG_DIGEST)
                    ? "0000000000000000000000000000000000000000"
                    : HexFormat.of().formatHex(digest.digest());
        } finally {
            Files.delete(whole);
        }
    }

    private static OutputStream open(Path file, boolean isCompressed) throws IOException {
        var out = Files.newOutputStream(file);
        return isCompressed ? new GZIPOutputStream(out, 8_192) : out;
    }

    private static void copy(InputStream from, OutputStream to, long bytes) throws IOException {
        var buffer = new byte[8_192];
        for (long left = bytes; left > 0; ) {
            int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
            to.write(buffer, 0, read);
            left -= read;
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file behind a link that still lives. */
    Path get(@Nullable String token, Instant now) {
        var download = token == null ? null : downloads.get(token);
        if (download == null || now.isAfter(download.expiresAt())) {
            throw new PayFault(PayError.INVALID_REQUEST, "下载链接已失效，请重新申请账单");
        }
        return download.file();
    }

    private void deleteExpired(Instant now) throws IOException {
        delete(downloads.entrySet().stream()
                .filter(entry -> now.isAfter(entry.getValue().expiresAt()))
                .map(Map.Entry::getKey)
                .toList());
    }

    /** Deletes all files. */
    void clear() throws IOException {
        delete(new ArrayList<>(downloads.keySet()));
    }

    private void delete(List<String> tokens) throws IOException {
        for (var token : tokens) {
            var gone = downloads.remove(token);
            if (gone != null) {
                Files.deleteIfExists(gone.file());
            }
        }
    }
}
