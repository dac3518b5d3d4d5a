package io.anju.arrears;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.policy.Arrears;
import io.anju.rent.Debts.Debt;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is decided on, with amounts as of a day; days as texts, so that what is kept is what was seen. */
record ProposalFile(String asOf, long overdueFen, List<FiledBill> bills, List<Notice> notices) {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    record FiledBill(UUID billId, String from, String to, String dueOn, long dueFen) {
        static FiledBill of(Debt debt) {
            return new FiledBill(
                    debt.billId(),
                    debt.from().toString(),
                    debt.to().toString(),
                    debt.dueOn().toString(),
                    debt.dueFen());
        }
    }

    record Notice(String action, String takenOn, long overdueFen, List<Delivered> deliveries) {
        static Notice of(Step step) {
            return new Notice(
                    ArrearsCase.id(step.action()),
                    step.takenOn().toString(),
                    step.overdueFen(),
                    step.deliveries().stream()
                            .map(delivery -> new Delivered(
                                    ArrearsCase.id(delivery.channel()),
                                    delivery.on().toString(),
                                    delivery.note()))
                            .toList());
        }
    }

    record Delivered(
            String channel, String deliveredOn, @Nullable String note) {}

    static ProposalFile of(Standing standing) {
        return new ProposalFile(
                standing.today().toString(),
                standing.arrears().map(Arrears::overdueFen).orElse(0L),
                standing.overdue().stream().map(FiledBill::of).toList(),
                standing.steps().stream().map(Notice::of).toList());
    }

    String text() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static ProposalFile read(String text) {
        try {
            return JSON.readValue(text, ProposalFile.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
