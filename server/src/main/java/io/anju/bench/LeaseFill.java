package io.anju.bench;

import io.anju.Domains;
import io.anju.platform.crypto.Masking;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Leases of any number: each of the terms of one that was signed at the desk, under the same version of the rules, with a
 * home and a tenant of its own. Names, numbers and facts are sealed as the desk seals them.
 */
final class LeaseFill {
    private static final int PAGE = 5_000;
    private static final String PARTY = "lease.party";
    private static final String TERMS = "lease.terms";
    private static final String FACTS = "sealed_facts";
    private static final String TRACE = "sealed_trace";

    private static final String SIGNED = """
            SELECT lease_id, terms_id, sealed_facts, sealed_trace
              FROM lease.terms
             ORDER BY lease_id
            """;

    private static final String HOMES = """
            INSERT INTO lease.home (home_id, estate_id, city_code, building, home_number, area_sqm, rooms)
            SELECT one.id, h.estate_id, h.city_code, '2号楼', one.number::text, h.area_sqm, h.rooms
              FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS one (id, model, number)
              JOIN lease.lease l ON l.lease_id = one.model
              JOIN lease.home h USING (home_id)
            """;

    private static final String LEASES = """
            INSERT INTO lease.lease
                   (lease_id, lease_number, city_code, programme, home_id, provider, state, from_date, to_date, signed_on,
                    deposit_fen, policy_digest, signed_by, recorded_at)
            SELECT one.id, left(l.lease_number, 15) || lpad(nextval('lease.number')::text, 7, '0'), l.city_code,
                   l.programme, one.id, l.provider, 'signed', l.from_date, l.to_date, l.signed_on, l.deposit_fen,
                   l.policy_digest, l.signed_by, l.recorded_at
              FROM unnest($1::uuid[], $2::uuid[]) AS one (id, model)
              JOIN lease.lease l ON l.lease_id = one.model
            """;

    private static final String PARTIES = """
            INSERT INTO lease.party
                   (party_id, lease_id, role, from_date, person_index, masked_name, sealed_name, sealed_national_id)
            SELECT one.id, one.id, 'tenant', l.from_date, one.person_index, one.masked_name, one.name, one.national_id
              FROM unnest($1::uuid[], $2::bytea[], $3::text[], $4::bytea[], $5::bytea[])
                   AS one (id, person_index, masked_name, name, national_id)
              JOIN lease.lease l ON l.lease_id = one.id
            """;

    private static final String WITH_TERMS = """
            INSERT INTO lease.terms
                   (terms_id, lease_id, number, from_date, known_to, monthly_rent_fen, monthly_subsidy_fen, tier,
                    policy_digest, sealed_facts, sealed_trace, recorded_at)
            SELECT one.id, one.id, t.number, t.from_date, t.known_to, t.monthly_rent_fen, t.monthly_subsidy_fen, t.tier,
                   t.policy_digest, one.facts, one.trace, t.recorded_at
              FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bytea[]) AS one (id, model, facts, trace)
              JOIN lease.terms t ON t.lease_id = one.model
            """;

    private static final String ACCOUNTS = """
            INSERT INTO rent.account
                   (lease_id, lease_number, city_code, programme, provider, plan_id, billed_to, next_due_on)
            SELECT one.id, l.lease_number, a.city_code, a.programme, a.provider, a.plan_id, a.billed_to, a.next_due_on
              FROM unnest($1::uuid[], $2::uuid[]) AS one (id, model)
              JOIN rent.account a ON a.lease_id = one.model
              JOIN lease.lease l ON l.lease_id = one.id
            """;

    private final Domains domains;
    private final Instant now;
    private final List<Model> models;

    /** A lease signed at the desk, with what is sealed of its terms opened. */
    private record Model(UUID leaseId, Buffer facts, Buffer trace) {}

    /** Of the terms of the leases that are signed so far. */
    LeaseFill(Domains domains, Instant now) {
        this.domains = domains;
        this.now = now;
        this.models = domains.db.list(SIGNED, row -> model(domains, row)).await();
    }

    private static Model model(Domains domains, Row row) {
        var termsId = row.getUUID("terms_id");
        return new Model(
                row.getUUID("lease_id"),
                Buffer.buffer(domains.vault.open(
                        TERMS, FACTS, termsId, row.getBuffer(FACTS).getBytes())),
                Buffer.buffer(domains.vault.open(
                        TERMS, TRACE, termsId, row.getBuffer(TRACE).getBytes())));
    }

    private record One(
            UUID id,
            Model model,
            long number,
            Buffer personIndex,
            String maskedName,
            Buffer name,
            Buffer nationalId,
            Buffer facts,
            Buffer trace) {}

    /** Adds so many leases; blocks. */
    void add(int leases) {
        for (int from = 0; from < leases; from += PAGE) {
            int first = from;
            var page = IntStream.range(0, Math.min(PAGE, leases - from))
                    .parallel()
                    .mapToObj(i -> one(first + i))
                    .toList();
            domains.db.inTransaction(tx -> insert(tx, page)).await();
        }
    }

    private One one(int number) {
        var id = Ids.next(now);
        var vault = domains.vault;
        var model = models.get(number % models.size());
        var person = World.nationalId(models.size() + number).value();
        var name = "测试" + (char) ('\u4e00' + number % 20_000);
        return new One(
                id,
                model,
                number,
                Buffer.buffer(domains.identity.personIndex(person)),
                Masking.name(name),
                Buffer.buffer(vault.sealText(PARTY, "sealed_name", id, name)),
                Buffer.buffer(vault.sealText(PARTY, "sealed_national_id", id, person)),
                Buffer.buffer(vault.seal(TERMS, FACTS, id, model.facts().getBytes())),
                Buffer.buffer(vault.seal(TERMS, TRACE, id, model.trace().getBytes())));
    }

    private static Future<Void> insert(Tx tx, List<One> page) {
        var ids = page.stream().map(One::id).toArray(UUID[]::new);
        var models = page.stream().map(one -> one.model().leaseId()).toArray(UUID[]::new);
        return tx.run(HOMES, ids, models, page.stream().map(One::number).toArray(Long[]::new))
                .compose(homes -> tx.run(LEASES, ids, models))
                .compose(leases -> tx.run(
                        PARTIES,
                        ids,
                        buffers(page, One::personIndex),
                        page.stream().map(One::maskedName).toArray(String[]::new),
                        buffers(page, One::name),
                        buffers(page, One::nationalId)))
                .compose(parties ->
                        tx.run(WITH_TERMS, ids, models, buffers(page, One::facts), buffers(page, One::trace)))
                .compose(terms -> tx.run(ACCOUNTS, ids, models))
                .mapEmpty();
    }

    private static Buffer[] buffers(List<One> page, Function<One, Buffer> part) {
        return page.stream().map(part).toArray(Buffer[]::new);
    }
}
