package io.anju.publication;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.anju.platform.json.PlainJson;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a publication says about its rows; its text is what is signed.
 *
 * @param publicationId a UUID
 * @param period such as {@code 2026-11}, or a batch's name
 * @param asOf day that the scores are counted to
 * @param derivedAt when the order was derived from the facts
 * @param registerVersion number of the last fact that went in
 * @param policyDigest the rules that gave the order
 * @param previousRoot root of the list's publication before; none for the first
 */
@JsonPropertyOrder({
    "format",
    "publicationId",
    "cityCode",
    "programme",
    "period",
    "reason",
    "asOf",
    "derivedAt",
    "publishedAt",
    "registerVersion",
    "policyDigest",
    "total",
    "districts",
    "columns",
    "order",
    "root",
    "previousRoot",
    "signingKey"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
record Statement(
        String format,
        String publicationId,
        String cityCode,
        String programme,
        String period,
        @Nullable String reason,
        String asOf,
        String derivedAt,
        String publishedAt,
        long registerVersion,
        String policyDigest,
        long total,
        List<District> districts,
        List<String> columns,
        List<SortKey> order,
        String root,
        @Nullable String previousRoot,
        SigningKey signingKey) {
    static final String FORMAT = "anju-publication-1";

    /** Whoever reads a statement reads all of it, or none. */
    Statement {
        Stream.of(format, publicationId, cityCode, programme, period, asOf, derivedAt, publishedAt, policyDigest, root)
                .forEach(Objects::requireNonNull);
        Objects.requireNonNull(signingKey);
        districts = List.copyOf(districts);
        columns = List.copyOf(columns);
        order = List.copyOf(order);
    }

    /** Households of one district. */
    record District(String districtCode, long households) {
        District {
            Objects.requireNonNull(districtCode);
        }
    }

    /**
     * The Ed25519 key that signs.
     *
     * @param publicKey 32 bytes in hexadecimal digits
     */
    record SigningKey(String keyId, String publicKey) {
        SigningKey {
            Objects.requireNonNull(keyId);
            Objects.requireNonNull(publicKey);
        }
    }

    String text() {
        return PlainJson.write(this);
    }

    /** Reads {@link #text}; none where it is no statement that this version understands. */
    static Optional<Statement> parse(String text) {
        try {
            var read = Optional.ofNullable(PlainJson.mapper().readValue(text, Statement.class));
            return read.filter(Statement::isUnderstood);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private boolean isUnderstood() {
        return FORMAT.equals(format)
                && Column.labels().equals(columns)
                && !order.isEmpty()
                && order.stream().allMatch(SortKey::isKnown);
    }
}
