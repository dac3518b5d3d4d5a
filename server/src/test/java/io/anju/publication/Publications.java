package io.anju.publication;

import static io.anju.publication.Publication.HEX;

import io.anju.platform.crypto.Tree;
import io.anju.platform.crypto.Vault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** Publications of households that do not exist, made without a database. */
final class Publications {
    private static final Vault VAULT = Vault.temporary();
    private static final List<SortKey> ORDER = List.of(
            new SortKey("score", "descending", "number", null),
            new SortKey("appliedAt", "ascending", "text", null),
            new SortKey("draw", "descending", "text", "种子"),
            new SortKey("receiptNumber", "ascending", "text", null));

    private Publications() {}

    static List<Row> rows(Random random, int count) {
        var rows = new ArrayList<Row>();
        for (int rank = 1; rank <= count; rank++) {
            // two of each score, so that the second key has something to decide
            var receipt = "370200-2026-%07d-K".formatted(rank);
            int points = 900_000 - (rank / 2) * (count > 40_000 ? 1 : 37);
            rows.add(Row.ofValues(List.of(
                            Integer.toString(rank),
                            receipt,
                            "王**",
                            Integer.toString(1 + random.nextInt(6)),
                            "37020" + (2 + random.nextInt(3)),
                            "low-income",
                            points / 10_000 + ".%04d".formatted(points % 10_000),
                            "",
                            "",
                            SortKey.lot("种子", receipt),
                            "2024-01-01T00:%02d:%02d.000000Z".formatted(rank / 60 % 60, rank % 60),
                            "2025-01-01T00:00:00.000000Z",
                            "0",
                            HEX.formatHex(Tree.sha256(new byte[] {(byte) random.nextInt(256)}))))
                    .orElseThrow());
        }
        return rows;
    }

    static byte[] file(Form form, List<Row> rows) {
        return file(form, rows, rows);
    }

    /** A file whose statement speaks of some rows and which holds others. */
    static byte[] file(Form form, List<Row> stated, List<Row> held) {
        var keyId = VAULT.signingKeyId();
        var districts = new TreeMap<String, Long>();
        stated.forEach(row -> districts.merge(row.get(Column.DISTRICT_CODE), 1L, Long::sum));
        var leaves = stated.stream()
                .map(row -> Tree.leaf(row.text().getBytes(StandardCharsets.UTF_8)))
                .toList();
        var statement = new Statement(
                        Statement.FORMAT,
                        UUID.randomUUID().toString(),
                        "370200",
                        "public-rental",
                        "2026-11",
                        "批次公布",
                        "2026-11-01",
                        "2026-11-01T00:00:05Z",
                        "2026-11-01T00:00:40Z",
                        stated.size(),
                        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                        stated.size(),
                        districts.entrySet().stream()
                                .map(entry -> new Statement.District(entry.getKey(), entry.getValue()))
                                .toList(),
                        Column.labels(),
                        ORDER,
                        HEX.formatHex(Tree.root(leaves)),
                        null,
                        new Statement.SigningKey(keyId, HEX.formatHex(VAULT.publicKey(keyId))))
                .text();
        var signature = HEX.formatHex(
                VAULT.sign(statement.getBytes(StandardCharsets.UTF_8)).value());
        var text = new StringBuilder();
        form.head(statement, signature).forEach(line -> text.append(line).append('\n'));
        for (int i = 0; i < held.size(); i++) {
            text.append(form.row(held.get(i), i == held.size() - 1)).append('\n');
        }
        form.tail().forEach(line -> text.append(line).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String publicKey() {
        return HEX.formatHex(VAULT.publicKey(VAULT.signingKeyId()));
    }
}
