package io.anju.complaint;

import static io.anju.complaint.ComplaintProblem.JURISDICTION_MISSING;
import static io.anju.complaint.ComplaintProblem.JURISDICTION_UNKNOWN;
import static io.anju.complaint.ComplaintProblem.SERVICE_FORM_INVALID;
import static io.anju.complaint.ComplaintProblem.SERVICE_KEY_REFUSED;
import static io.anju.complaint.ComplaintProblem.SERVICE_QUOTA_REACHED;
import static io.anju.complaint.ComplaintProblem.SERVICE_REQUEST_UNKNOWN;
import static io.anju.complaint.ComplaintProblem.SERVICE_UNKNOWN;

import io.anju.complaint.Complaint.Content;
import io.anju.complaint.ServiceStore.Services;
import io.anju.complaint.ServiceStore.Shown;
import io.anju.identity.Partner;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.Refusal;
import io.anju.policy.City;
import io.anju.policy.ComplaintDesk.Category;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Requests for a city's open services: shown to everyone, filed by partners' programs. */
final class ServiceDesk {
    private static final String SCOPE = "partner.complaints";
    /** In which the same form of the same program is the same request. */
    private static final Duration ALIKE = Duration.ofHours(24);

    private static final int MOST_A_DAY = 2_000;

    private final Casework work;
    private final Filing filing;
    private final Vault vault;
    private final ServiceStore store = new ServiceStore();

    ServiceDesk(Casework work, Filing filing, Vault vault) {
        this.work = work;
        this.filing = filing;
        this.vault = vault;
    }

    /** The city that is asked about; it must take complaints. */
    City city(@Nullable String code) {
        if (code == null || code.isEmpty()) {
            throw Refusal.of(JURISDICTION_MISSING);
        }
        return work.policies
                .findCity(code)
                .filter(city -> city.complaints() != null)
                .orElseThrow(() -> Refusal.of(JURISDICTION_UNKNOWN));
    }

    List<Category> services(City city) {
        return Objects.requireNonNull(city.complaints()).openServices();
    }

    Category service(City city, String code) {
        return services(city).stream()
                .filter(category -> category.id().equals(code))
                .findFirst()
                .orElseThrow(() -> Refusal.of(SERVICE_UNKNOWN));
    }

    /** @param codes of some services; none for all */
    private Services services(City city, List<String> codes) {
        var asked = codes.isEmpty()
                ? services(city)
                : codes.stream().map(code -> service(city, code)).toList();
        return new Services(
                city.code(),
                asked.stream().map(Category::id).toArray(String[]::new),
                asked.stream()
                        .flatMap(category -> Stream.ofNullable(category.open()))
                        .map(kind -> kind.id())
                        .toArray(String[]::new));
    }

    Future<List<Shown>> list(City city, List<String> codes, LocalDate from, LocalDate to, @Nullable Boolean open) {
        return store.list(work.db, services(city, codes), from, to, open);
    }

    Future<List<Shown>> listByNumber(City city, List<String> numbers) {
        return store.listByNumber(work.db, services(city, List.of()), numbers);
    }

    Future<Shown> get(City city, String number) {
        return listByNumber(city, List.of(number))
                .map(found -> found.stream().findFirst().orElseThrow(() -> Refusal.of(SERVICE_REQUEST_UNKNOWN)));
    }

    /** The partner whose key this is; of this city and with the scope that it takes. */
    Future<Partner> admit(City city, Optional<String> apiKey, String address, Instant now) {
        var key = apiKey.orElse("");
        int dot = key.lastIndexOf('.');
        if (dot <= 0) {
            return Refusal.failed(SERVICE_KEY_REFUSED);
        }
        return work.identities
                .partnerBySecret(key.substring(0, dot), key.substring(dot + 1), SCOPE, address, now)
                .map(found -> found.filter(
                                partner -> partner.agency().cityCode().equals(city.code()))
                        .orElseThrow(() -> Refusal.of(SERVICE_KEY_REFUSED)))
                // a wrong secret is refused as one; what throttles guessing stays as it is
                .recover(failure ->
                        failure instanceof Refusal refusal && refusal.code().status() == 401
                                ? Refusal.failed(SERVICE_KEY_REFUSED)
                                : Future.failedFuture(failure));
    }

    /** The number of the request; that of the first one where the same form was filed before. */
    Future<String> file(Tx tx, City city, Partner partner, ServiceForm form, Instant now) {
        var service = service(city, form.require("service_code"));
        form.requirePlace();
        requireArea(city, form.area());
        var order = new Filing.Order(
                null,
                null,
                city.code(),
                Objects.requireNonNull(service.open()),
                service.id(),
                form.area(),
                null,
                new Content(form.text(), form.contact().orElse(null), null, null),
                null);
        var fingerprint = Buffer.buffer(vault.blindIndex("complaint.service-form", form.canonical()));
        return store.lock(tx, partner.id())
                .compose(locked -> store.findAlike(tx, partner.id(), fingerprint, now.minus(ALIKE)))
                .compose(alike -> alike.isPresent()
                        ? Future.succeededFuture(alike.get())
                        : fileNew(tx, partner, order, fingerprint, now));
    }

    private static void requireArea(City city, @Nullable String area) {
        if (area != null && city.areaName(area).isEmpty()) {
            throw Refusal.of(SERVICE_FORM_INVALID, Map.of("field", "address_id"));
        }
    }

    private Future<String> fileNew(Tx tx, Partner partner, Filing.Order order, Buffer fingerprint, Instant now) {
        return store.count(tx, partner.id(), now.minus(Duration.ofDays(1)))
                .compose(filed -> filed < MOST_A_DAY
                        ? filing.file(tx, order, now)
                        : Refusal.failed(
                                SERVICE_QUOTA_REACHED,
                                Map.of(
                                        "maximum",
                                        Integer.toString(MOST_A_DAY),
                                        Refusal.RETRY_AFTER_SECONDS,
                                        Long.toString(Duration.ofHours(1).toSeconds()))))
                .compose(filed -> store.insert(tx, filed.complaint().id(), partner.id(), fingerprint, now)
                        .map(filed.complaint().number()));
    }
}
