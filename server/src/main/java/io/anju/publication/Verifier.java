package io.anju.publication;

import io.anju.platform.crypto.Tree;
import io.anju.platform.crypto.TreeBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks a downloaded publication: the signature over the statement, the order of the rows, and the root over them.
 *
 * <p>Row after row, so that a list of any length needs little memory. It stops at the first fault and names the line.
 */
public final class Verifier {
    private static final HexFormat HEX = HexFormat.of();
    private static final int SIGNATURE_BYTES = 64;

    private final LineReader lines;
    private final @Nullable String trustedKey;
    private final @Nullable String wanted;
    private final TreeBuilder tree = new TreeBuilder();
    private final TreeMap<String, Long> districts = new TreeMap<>();
    private long lineNumber;
    private @Nullable Row found;

    private Verifier(InputStream file, @Nullable String trustedKey, @Nullable String wanted) {
        this.lines = new LineReader(file);
        this.trustedKey = trustedKey;
        this.wanted = wanted;
    }

    /**
     * What was found.
     *
     * @param fault none where the file is sound
     * @param line of the file, from 1; 0 where no line is at fault
     * @param keyId names the key that signed, as the file says
     * @param row of the receipt number that was asked for
     */
    public record Report(
            @Nullable String fault,
            long line,
            String period,
            long total,
            String root,
            String keyId,
            String publicKey,
            @Nullable String row) {
        public boolean holds() {
            return fault == null;
        }
    }

    /** A fault on the way; never leaves this class. */
    private static final class Found extends Exception {
        private static final long serialVersionUID = 1L;
        private final long line;

        Found(long line, String fault) {
            super(fault, null, false, false);
            this.line = line;
        }
    }

    /**
     * Checks a file in either form.
     *
     * @param trustedKey the authority's key in hexadecimal digits, learned elsewhere; without it the key in the file is
     *     believed
     * @param receiptNumber whose row to give
     */
    public static Report verify(InputStream file, @Nullable String trustedKey, @Nullable String receiptNumber)
            throws IOException {
        return new Verifier(file, trustedKey, receiptNumber).run();
    }

    private Report run() throws IOException {
        Statement statement = null;
        try {
            var first = require(next(), "the file is empty");
            var form = Form.of(first).orElseThrow(() -> fault("this is no publication"));
            statement = statement(form, first);
            head(form, statement, first);
            rows(form, statement);
            total(statement);
            return report(statement, null, 0);
        } catch (Found fault) {
            return report(statement, fault.getMessage(), fault.line);
        } catch (LineReader.BadLine e) {
            return report(statement, e.getMessage(), lineNumber);
        }
    }

    private Statement statement(Form form, String line) throws Found {
        var text = form.statement(line).orElseThrow(() -> fault("the first line is no statement"));
        return Statement.parse(text).orElseThrow(() -> fault("the statement is not readable"));
    }

    /** The signature is checked over the bytes of the file, so nothing in the statement can be written in another way. */
    private void head(Form form, Statement statement, String first) throws Found, IOException {
        var second = require(next(), "there is no signature");
        var signature = form.signature(second).orElseThrow(() -> fault("the second line is no signature"));
        var text = form.statement(first).orElseThrow();
        if (!isSigned(text, statement.signingKey().publicKey(), signature)) {
            throw fault("the signature does not fit the statement");
        }
        if (trustedKey != null && !trustedKey.equals(statement.signingKey().publicKey())) {
            throw fault("the statement is signed with another key than the trusted one");
        }
        var third = require(next(), "there are no columns");
        if (!third.equals(form.head(text, signature).get(Form.HEAD_LINES - 1))) {
            throw fault("the third line is not what stands before the rows");
        }
    }

    private static boolean isSigned(String statement, String publicKey, String signature) {
        return isHex(publicKey, Tree.HASH_BYTES)
                && isHex(signature, SIGNATURE_BYTES)
                && SigningKeys.verifies(
                        HEX.parseHex(publicKey), statement.getBytes(StandardCharsets.UTF_8), HEX.parseHex(signature));
    }

    private static boolean isHex(String text, int bytes) {
        return text.length() == 2 * bytes
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9' || digit >= 'a' && digit <= 'f');
    }

    private void rows(Form form, Statement statement) throws Found, IOException {
        Row before = null;
        for (long rank = 1; rank <= statement.total(); rank++) {
            var line = require(next(), "rows are missing: " + (rank - 1) + " of " + statement.total());
            var row = form.parse(line, rank == statement.total())
                    .orElseThrow(() -> fault("this is not a row as it is published"));
            if (!row.get(Column.RANK).equals(Long.toString(rank))) {
                throw fault("rank " + row.get(Column.RANK) + " stands in place " + rank);
            }
            if (before != null && SortKey.compare(statement.order(), before, row) >= 0) {
                throw fault("the row does not come after the one before it: " + row.get(Column.RECEIPT_NUMBER));
            }
            if (!statement.order().stream().allMatch(key -> key.isDrawn(row))) {
                throw fault("the lot is not the one that the seed draws");
            }
            tree.add(Tree.leaf(row.text().getBytes(StandardCharsets.UTF_8)));
            districts.merge(row.get(Column.DISTRICT_CODE), 1L, Long::sum);
            if (row.get(Column.RECEIPT_NUMBER).equals(wanted)) {
                found = row;
            }
            before = row;
        }
        for (var end : form.tail()) {
            if (!end.equals(require(next(), "the end is missing"))) {
                throw fault("there is more than the statement says");
            }
        }
        if (next() != null) {
            throw fault("there is more than the statement says");
        }
    }

    private void total(Statement statement) throws Found {
        if (!HEX.formatHex(tree.root()).equals(statement.root())) {
            throw new Found(0, "the rows do not give the root of the statement: a row was changed");
        }
        var counted = districts.entrySet().stream()
                .map(entry -> new Statement.District(entry.getKey(), entry.getValue()))
                .toList();
        if (!counted.equals(statement.districts())) {
            throw new Found(0, "the districts do not count what the statement says");
        }
    }

    private @Nullable String next() throws IOException {
        lineNumber++;
        return lines.next();
    }

    private String require(@Nullable String line, String fault) throws Found {
        return Optional.ofNullable(line).orElseThrow(() -> fault(fault));
    }

    private Found fault(String what) {
        return new Found(lineNumber, what);
    }

    private Report report(@Nullable Statement statement, @Nullable String fault, long line) {
        var row = found == null ? null : found.text();
        return statement == null
                ? new Report(fault, line, "", 0, "", "", "", null)
                : new Report(
                        fault,
                        line,
                        statement.cityCode() + "/" + statement.programme() + " " + statement.period(),
                        statement.total(),
                        statement.root(),
                        statement.signingKey().keyId(),
                        statement.signingKey().publicKey(),
                        row);
    }

    /** Checks a household's proof against a root and its published row; gives the fault, or none. */
    public static Optional<String> checkProof(byte[] proofJson, String root, String row) throws IOException {
        var proof = ProofFile.read(proofJson);
        if (proof.isEmpty()) {
            return Optional.of("this is no proof");
        }
        return fault(proof.get(), root, row);
    }

    private static Optional<String> fault(Proof proof, String root, String row) {
        if (!proof.row().equals(row)) {
            return Optional.of("the proof is for another row");
        }
        if (!row.endsWith("," + proof.binding())) {
            return Optional.of("the row is not bound to the household of the proof");
        }
        return proof.leadsTo(root) ? Optional.empty() : Optional.of("the path does not lead to the root");
    }
}
