package io.anju.policy.number;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How an exact sum becomes money that can be paid. */
public record MoneyRounding(Unit unit, RoundingMode mode) {
    private static final int FEN_PER_YUAN = 100;

    /** The smallest step of an amount. */
    public enum Unit {
        FEN(1),
        JIAO(10),
        YUAN(100);

        private final int fen;

        Unit(int fen) {
            this.fen = fen;
        }
    }

    public enum Mode {
        HALF_UP,
        HALF_EVEN,
        DOWN,
        UP
    }

    /** Whole fen, a multiple of the unit. */
    public long fen(Rational yuan) {
        return fen(yuan, mode);
    }

    /** As {@link #fen}, but never more than the limit: what rounding up would add beyond it is left out. */
    public long fenAtMost(Rational yuan, Rational limitYuan) {
        var rounded = fen(yuan);
        return Rational.of(rounded, FEN_PER_YUAN).compareTo(limitYuan) <= 0 ? rounded : fen(yuan, RoundingMode.DOWN);
    }

    private long fen(Rational yuan, RoundingMode rounding) {
        return yuan.times(FEN_PER_YUAN)
                .dividedBy(unit.fen)
                .rounded(0, rounding)
                .multiply(BigDecimal.valueOf(unit.fen))
                .longValueExact();
    }
}
