package io.anju.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A posting that is about to be made. Entries on the same account are put together into one; what comes to nothing
 * falls out.
 *
 * @param businessKey names the fact behind it, such as {@code bill:<id>}: at most one posting ever has it
 * @param valueDate the day that the money counts from
 * @param about ids and words that explain it; no personal data
 * @param reverses the posting that it takes back
 */
public record NewPosting(
        String cityCode,
        String businessKey,
        PostingKind kind,
        LocalDate valueDate,
        ObjectNode about,
        List<Entry> entries,
        @Nullable UUID reverses) {

    public NewPosting {
        entries = together(entries);
        var sum = 0L;
        for (var entry : entries) {
            if (!entry.account().cityCode().equals(cityCode)) {
                throw new IllegalArgumentException(businessKey + " would move money between cities");
            }
            sum = Math.addExact(sum, entry.amountFen());
        }
        if (sum != 0 || entries.size() < 2) {
            throw new IllegalArgumentException(businessKey + " does not balance: " + entries);
        }
    }

    public NewPosting(
            String cityCode,
            String businessKey,
            PostingKind kind,
            LocalDate valueDate,
            ObjectNode about,
            List<Entry> entries) {
        this(cityCode, businessKey, kind, valueDate, about, entries, null);
    }

    private static List<Entry> together(List<Entry> entries) {
        var sums = new LinkedHashMap<AccountKey, Long>();
        entries.forEach(entry -> sums.merge(entry.account(), entry.amountFen(), Math::addExact));
        return sums.entrySet().stream()
                .filter(sum -> sum.getValue() != 0)
                .map(sum -> new Entry(sum.getKey(), sum.getValue()))
                .toList();
    }
}
