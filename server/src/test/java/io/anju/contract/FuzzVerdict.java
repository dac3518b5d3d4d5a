package io.anju.contract;

import io.anju.testing.ContractCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with an answer, whatever the question was. */
final class FuzzVerdict {
    /** Refusals before an operation's own code has a say. */
    private static final Set<Integer> OF_THE_DOOR = Set.of(400, 401, 403, 405, 406, 413, 414, 415, 428, 429, 431);

    /** What only shows where a failure's inside is shown: stacks, classes, statements, drivers. */
    private static final Pattern INSIDE = Pattern.compile(
            "exception|stack ?trace|io\\.anju|io\\.vertx|java\\.|netty|jackson|postgres|pgclient|sqlstate"
                    + "|\\bselect\\b.{1,200}\\bfrom\\b|insert into|\\bviolates\\b|\\.java:\\d",
            Pattern.CASE_INSENSITIVE);

    private FuzzVerdict() {}

    static boolean ofTheDoor(int status) {
        return OF_THE_DOOR.contains(status);
    }

    static List<String> faults(FuzzRequest request, FuzzWire.Answer answer) {
        var faults = new ArrayList<>(ContractCheck.instance()
                .faults(request.method, request.path, answer.status(), answer.headers()::get, answer.body()));
        if (answer.status() >= 500) {
            faults.add("a failure of ours");
        }
        if (answer.status() >= 400
                && INSIDE.matcher(new String(answer.body(), StandardCharsets.UTF_8))
                        .find()) {
            faults.add("shows what is inside");
        }
        if (request.path.startsWith("/v1/")) {
            for (String header : List.of(
                    "X-Content-Type-Options",
                    "Content-Security-Policy",
                    "Strict-Transport-Security",
                    "Referrer-Policy",
                    "Cache-Control")) {
                if (!answer.headers().contains(header)) {
                    faults.add("header " + header + " is missing");
                }
            }
        }
        return faults;
    }
}
