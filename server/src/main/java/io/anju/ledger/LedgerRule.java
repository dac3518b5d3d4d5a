package io.anju.ledger;

/**
 * Something that holds at every instant, and the statement that finds what breaks it.
 *
 * @param name such as {@code I1}, as in the guide for operators
 * @param meaning what must hold
 * @param faultsSql gives one row with the text {@code subject} for each thing that breaks it; a constant
 */
public record LedgerRule(String name, String meaning, String faultsSql) {
    /** How many break it, and one of them. */
    String countSql() {
        return "SELECT count(*) AS faults, min(left(subject, 200)) AS first FROM (" + faultsSql + ") fault";
    }
}
