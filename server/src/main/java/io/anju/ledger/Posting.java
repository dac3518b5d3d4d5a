package io.anju.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A posting that was made; it never changes.
 *
 * @param number counts postings; numbers may be left out, none comes twice
 * @param valueDate the day that the money counts from
 * @param postedAt when it entered the ledger; per account this never goes back
 * @param about ids and words that explain it
 * @param reverses the posting that it takes back
 */
public record Posting(
        UUID id,
        long number,
        String cityCode,
        String businessKey,
        PostingKind kind,
        LocalDate valueDate,
        Instant postedAt,
        ObjectNode about,
        List<Entry> entries,
        @Nullable UUID reverses) {}
