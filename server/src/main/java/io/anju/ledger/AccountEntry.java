package io.anju.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * One line of an account.
 *
 * @param version 1 for the account's first entry, without gaps
 * @param amountFen debit above zero, credit below
 * @param balanceFen of the account after it
 */
public record AccountEntry(
        AccountKey account,
        long version,
        long amountFen,
        long balanceFen,
        UUID postingId,
        long postingNumber,
        String businessKey,
        PostingKind kind,
        LocalDate valueDate,
        Instant postedAt,
        ObjectNode about) {}
