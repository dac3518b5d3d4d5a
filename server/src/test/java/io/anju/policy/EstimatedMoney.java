package io.anju.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What tests read from the money of an estimate. */
final class EstimatedMoney {
    private EstimatedMoney() {}

    /** The facts that an answer lacks. */
    static List<String> missing(JsonNode money, String answer) {
        return StreamSupport.stream(money.path("unanswered").spliterator(), false)
                .filter(one -> one.path("answer").asText().equals(answer))
                .flatMap(one -> StreamSupport.stream(one.path("missing").spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }

    /** The answers that these rules do not set. */
    static String notSet(JsonNode money) {
        return StreamSupport.stream(money.path("unanswered").spliterator(), false)
                .filter(one -> one.path("reason").asText().equals("not_set"))
                .map(one -> one.path("answer").asText())
                .collect(Collectors.joining(", "));
    }

    /** The states of the months, equal neighbours counted together. */
    static String states(JsonNode money) {
        var drawn = new StringBuilder();
        var last = "";
        var count = 0;
        for (var month : money.at("/subsidyCourse/months")) {
            var state = month.path("state").asText();
            if (!state.equals(last) && count > 0) {
                drawn.append(last).append(count).append(' ');
                count = 0;
            }
            last = state;
            count++;
        }
        return drawn.append(last).append(count).toString();
    }
}
