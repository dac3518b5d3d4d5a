package io.anju.ledger;

/**
 * One side of a posting.
 *
 * @param amountFen debit above zero, credit below; never zero
 */
public record Entry(AccountKey account, long amountFen) {
    public Entry {
        if (amountFen == 0) {
            throw new IllegalArgumentException("an entry of nothing on " + account);
        }
    }

    public static Entry debit(AccountKey account, long fen) {
        return new Entry(account, positive(fen));
    }

    public static Entry credit(AccountKey account, long fen) {
        return new Entry(account, -positive(fen));
    }

    private static long positive(long fen) {
        if (fen <= 0) {
            throw new IllegalArgumentException("an amount above zero is needed, not " + fen);
        }
        return fen;
    }
}
