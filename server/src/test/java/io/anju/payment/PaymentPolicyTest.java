package io.anju.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.problem.Code;
import io.anju.platform.problem.Refusal;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaymentPolicyTest {
    private static final UUID LEASE = UUID.randomUUID();

    @ParameterizedTest
    @CsvSource(
            nullValues = "all",
            value = {"all, 300", "300, 300", "1, 1", "299, 299", "301, 301", "5000, 5000"})
    void orders_all_that_is_due_or_what_was_asked(@Nullable Long asked, long ordered) {
        var bills = List.of(bill(100, true, LEASE), bill(200, true, LEASE));
        assertThat(PaymentPolicy.orderedFen(ids(bills), bills, asked)).isEqualTo(ordered);
    }

    @Test
    void refuses_less_than_all_where_one_bill_must_be_paid_whole() {
        var bills = List.of(bill(100, true, LEASE), bill(200, false, LEASE));
        refuses(PaymentProblem.PARTIAL_NOT_ALLOWED, bills, ids(bills), 299L);
        assertThat(PaymentPolicy.orderedFen(ids(bills), bills, 301L)).isEqualTo(301);
    }

    @Test
    void refuses_more_than_all_where_nothing_is_paid_ahead() {
        var left = new Payable(UUID.randomUUID(), LEASE, "370200", 200, true, false, "租金");
        var bills = List.of(bill(100, true, LEASE), left);
        refuses(PaymentProblem.AHEAD_NOT_ALLOWED, bills, ids(bills), 301L);
        assertThat(PaymentPolicy.orderedFen(ids(bills), bills, 299L)).isEqualTo(299);
        assertThat(PaymentPolicy.orderedFen(ids(bills), bills, 300L)).isEqualTo(300);
    }

    @Test
    void refuses_bills_of_several_leases_settled_ones_and_those_that_are_not_there() {
        var mine = bill(100, true, LEASE);
        var elsewhere = bill(100, true, UUID.randomUUID());
        refuses(PaymentProblem.BILLS_OF_SEVERAL_LEASES, List.of(mine, elsewhere), ids(List.of(mine, elsewhere)), null);
        var settled = List.of(bill(0, true, LEASE));
        refuses(PaymentProblem.BILL_SETTLED, settled, ids(settled), 100L);
        refuses(PaymentProblem.BILL_NOT_PAYABLE, List.of(mine), List.of(mine.billId(), UUID.randomUUID()), null);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "100000, 1", "100001, 2"})
    void asks_for_a_second_official_above_the_limit(long amountFen, int approvals) {
        assertThat(PaymentPolicy.approvalsNeeded(amountFen, 100_000)).isEqualTo(approvals);
    }

    @Test
    void names_several_bills_by_the_first() {
        assertThat(PaymentPolicy.title(List.of(bill(1, true, LEASE)))).isEqualTo("租金");
        assertThat(PaymentPolicy.title(List.of(bill(1, true, LEASE), bill(1, true, LEASE))))
                .isEqualTo("租金等2笔");
    }

    @Test
    void numbers_orders_within_what_the_channel_takes() {
        Stream.of(new UUID(0, 0), new UUID(-1, -1), UUID.randomUUID())
                .map(id -> OrderNumbers.ofPayment("370200", id))
                .forEach(number -> assertThat(number).matches("P370200[0-9A-Z]{25}"));
    }

    private static void refuses(Code code, List<Payable> found, List<UUID> wanted, @Nullable Long asked) {
        assertThatThrownBy(() -> PaymentPolicy.orderedFen(wanted, found, asked))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static List<UUID> ids(List<Payable> bills) {
        return bills.stream().map(Payable::billId).toList();
    }

    private static Payable bill(long dueFen, boolean partialAllowed, UUID leaseId) {
        return new Payable(UUID.randomUUID(), leaseId, "370200", dueFen, partialAllowed, true, "租金");
    }
}
