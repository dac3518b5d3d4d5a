package io.anju.policy;

import io.anju.policy.number.MoneyRounding;
import io.anju.policy.number.Rational;
import io.anju.policy.yaml.YamlNode;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The deposit of a lease (押金).
 *
 * @param amount yuan; null where it is so many months' rent
 * @param monthsOfRent 0 where it is an amount
 */
record Deposit(@Nullable Quantity amount, int monthsOfRent, Text text) {
    static final String ID = "deposit";
    /** The name under which the rent of a month is given. */
    static final String RENT_FACT = "monthlyRentFen";

    private static final MoneyRounding TO_THE_FEN = new MoneyRounding(MoneyRounding.Unit.FEN, RoundingMode.HALF_UP);
    private static final int MAX_MONTHS = 12;

    MoneyStep evaluate(LocalDate day, TenancyFacts tenancy, @Nullable Long monthlyRentFen) {
        var wording = new Wording();
        if (amount == null) {
            if (monthlyRentFen == null) {
                throw new MissingFactException(RENT_FACT);
            }
            wording.fact("monthlyRentYuan", Wording.yuan(monthlyRentFen)).value("months", Rational.of(monthsOfRent));
            return wording.step(ID, Math.multiplyExact(monthlyRentFen, monthsOfRent), text);
        }
        return wording.quantity(amount, tenancy).step(ID, TO_THE_FEN.fen(amount.at(day, tenancy)), text);
    }

    static Deposit read(YamlNode node, MoneyNodes nodes) {
        node.onlyKeys("amount", "monthsOfRent", "text");
        if (node.find("amount").isPresent() == node.find("monthsOfRent").isPresent()) {
            throw node.broken("either an amount in yuan or monthsOfRent is expected here");
        }
        var amount = node.find("amount").map(nodes::quantity).orElse(null);
        return amount == null
                ? new Deposit(
                        null,
                        node.get("monthsOfRent").integer(1, MAX_MONTHS),
                        Text.read(node.get("text"), Set.of(Wording.YUAN, "months", "monthlyRentYuan")))
                : new Deposit(amount, 0, Text.read(node.get("text"), Set.of(Wording.YUAN)));
    }
}
