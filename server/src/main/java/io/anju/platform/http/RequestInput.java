package io.anju.platform.http;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the parameters and the body of one request for generated code, and keeps every fault until all is read. */
public final class RequestInput {
    private final Request request;
    private final Violations violations = new Violations();

    private RequestInput(Request request) {
        this.request = request;
    }

    public static RequestInput of(Request request) {
        return new RequestInput(request);
    }

    /** The place of a parameter in a path of the contract: what {@link #path} wants, found once per operation. */
    public static int placeInPath(String path, String name) {
        int place = 0;
        for (String segment : path.split("/", -1)) {
            if (segment.equals('{' + name + '}')) {
                return place;
            }
            if (segment.startsWith("{")) {
                place++;
            }
        }
        throw new IllegalArgumentException(path + " has no " + name);
    }

    public <T> @Nullable T path(int place, String name, Scalar<T> scalar) {
        return scalar.parse(request.pathParameter(place), faultsOf("/path/", name));
    }

    public <T> @Nullable T requiredQuery(String name, Scalar<T> scalar) {
        return required("/query/", name, scalar, single(name));
    }

    public <T> @Nullable T optionalQuery(String name, Scalar<T> scalar) {
        var text = single(name);
        return text == null ? null : scalar.parse(text, faultsOf("/query/", name));
    }

    public <T> @Nullable T optionalQuery(String name, Scalar<T> scalar, T otherwise) {
        var text = single(name);
        return text == null ? otherwise : scalar.parse(text, faultsOf("/query/", name));
    }

    /** A parameter that may be given several times; none gives an empty list. */
    public <T> List<T> queryList(String name, Scalar<T> scalar, int minimum, int maximum) {
        var texts = request.queryParameters(name);
        var faults = faultsOf("/query/", name);
        if (texts.size() < minimum) {
            faults.note(FormProblem.TOO_FEW_ITEMS, "minimum", Integer.toString(minimum));
        } else if (texts.size() > maximum) {
            faults.note(FormProblem.TOO_MANY_ITEMS, "maximum", Integer.toString(maximum));
        } else {
            return values(texts, scalar, faults);
        }
        return List.of();
    }

    public <T> @Nullable T requiredHeader(String name, Scalar<T> scalar) {
        return required("/header/", name, scalar, request.header(name));
    }

    public <T> @Nullable T optionalHeader(String name, Scalar<T> scalar) {
        var text = request.header(name);
        return text == null ? null : scalar.parse(text, faultsOf("/header/", name));
    }

    /** The JSON body; refuses at once what is not JSON. */
    public <T> @Nullable T body(Reader<T> reader) {
        if (request.body().length() == 0) {
            violations.add("", FormProblem.REQUIRED, Map.of());
            return null;
        }
        return reader.read(Input.root(Json.parse(request.body()), violations));
    }

    /** The JSON body, where the contract lets it be left out. */
    public <T> @Nullable T optionalBody(Reader<T> reader) {
        return request.body().length() == 0 ? null : body(reader);
    }

    /**
     * Notes query parameters that the operation does not have: a filter with a slip in its name would otherwise widen
     * the answer. Gives whether nothing in the whole request was wrong.
     */
    public boolean finish(Set<String> knownQuery) {
        for (String name : request.queryNames()) {
            if (!knownQuery.contains(name)) {
                faultsOf("/query/", name.length() > 64 ? name.substring(0, 64) + "…" : name)
                        .note(FormProblem.UNKNOWN_PARAMETER);
            }
        }
        return violations.isEmpty();
    }

    /** The refusal that lists everything found. */
    public <T> Future<T> refusal() {
        var findings = violations.findings();
        return Future.failedFuture(Refusal.of(
                PlatformProblem.INVALID_REQUEST, findings, Map.of("count", Integer.toString(findings.size()))));
    }

    private @Nullable String single(String name) {
        var texts = request.queryParameters(name);
        if (texts.size() > 1) {
            faultsOf("/query/", name).note(FormProblem.REPEATED_PARAMETER);
        }
        return texts.isEmpty() ? null : texts.get(0);
    }

    private <T> @Nullable T required(String where, String name, Scalar<T> scalar, @Nullable String text) {
        var faults = faultsOf(where, name);
        return text == null ? faults.note(FormProblem.REQUIRED) : scalar.parse(text, faults);
    }

    private static <T> List<T> values(List<String> texts, Scalar<T> scalar, Scalar.Faults faults) {
        var values = new ArrayList<T>(texts.size());
        for (String text : texts) {
            var value = scalar.parse(text, faults);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private Scalar.Faults faultsOf(String where, String name) {
        return (problem, args) -> violations.add(where + name, problem, args);
    }
}
