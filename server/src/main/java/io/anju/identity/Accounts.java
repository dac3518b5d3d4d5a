package io.anju.identity;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Opens and reads the accounts of residents; seals and opens what is personal in them. */
final class Accounts {
    private final Vault vault;
    private final SecondStep secondStep;
    private final AccountStore store = new AccountStore();
    private final OfficialStore officials = new OfficialStore();

    Accounts(Vault vault, SecondStep secondStep) {
        this.vault = vault;
        this.secondStep = secondStep;
    }

    /** Finds the account of a way to log in, or opens one; of two that race for one way, both get the same account. */
    Future<UUID> findOrOpen(Tx tx, Resident.LogIn logIn, Instant now) {
        return store.holdByMethod(tx, logIn.kind(), index(logIn))
                .compose(found -> found.isPresent() ? Future.succeededFuture(found.get()) : open(tx, logIn, now));
    }

    /** Locks accounts, in the order of their ids; gives whether all of them stand. */
    Future<Boolean> hold(Tx tx, UUID... ids) {
        return store.lockResidents(tx, ids).map(standing -> standing.keySet().containsAll(List.of(ids)));
    }

    /** Erases the person and every way in; the row stays, and is nobody's. */
    Future<Void> erase(Tx tx, UUID id, Instant now) {
        return store.erase(tx, id, now);
    }

    /** Keeps everybody else from binding or opening an account of this person, until the transaction ends. */
    Future<Void> lockPerson(Tx tx, NationalId nationalId) {
        return store.lockPerson(tx, personIndex(nationalId));
    }

    /** The account that is bound to this person. */
    Future<Optional<Resident>> findByPerson(Sql sql, NationalId nationalId) {
        return store.findByPerson(sql, personIndex(nationalId))
                .compose(id -> id.isPresent() ? find(sql, id.get()) : Future.succeededFuture(Optional.empty()));
    }

    /** The account that is bound to this person under this name; empty where there is none, or the name is another. */
    Future<Optional<Resident>> findBound(Sql sql, String name, NationalId nationalId) {
        return findByPerson(sql, nationalId)
                .map(found -> found.filter(resident ->
                        RealName.normalise(name).filter(resident::isCalled).isPresent()));
    }

    /** Opens an account that is bound to a person and has no way to log in. */
    Future<UUID> openBound(Tx tx, String name, NationalId nationalId, Instant now) {
        var id = Ids.next(now);
        return store.insertResident(tx, id, now)
                .compose(done -> bind(tx, id, name, nationalId, now))
                .map(id);
    }

    Future<Optional<Resident>> find(Sql sql, UUID id) {
        return store.findResident(sql, id)
                .map(rows -> rows.isEmpty() ? Optional.empty() : Optional.of(resident(id, rows)));
    }

    Future<List<Optional<UUID>>> ofPersons(Sql sql, List<byte[]> personIndexes) {
        return store.findByPersons(sql, personIndexes);
    }

    /** The openid that an account logs in with; opened here alone, because few need it. */
    Future<Optional<String>> openId(Sql sql, UUID id) {
        return store.findResident(sql, id)
                .map(rows -> rows.stream()
                        .flatMap(row -> row.method().stream())
                        .filter(method -> method.kind() == Resident.LogIn.Kind.WECHAT)
                        .findFirst()
                        .map(method -> vault.openText(
                                AccountStore.METHOD, AccountStore.VALUE, method.id(), method.sealedValue())));
    }

    /** Binds an account to a person; gives whether it was free. Another account with this person is a refusal. */
    Future<Boolean> bind(Tx tx, UUID id, String name, NationalId nationalId, Instant now) {
        return store.bind(
                tx,
                id,
                personIndex(nationalId),
                vault.sealText(AccountStore.RESIDENT, AccountStore.NAME, id, name),
                vault.sealText(AccountStore.RESIDENT, AccountStore.NATIONAL_ID, id, nationalId.value()),
                now);
    }

    /** Gives whether the account is bound to somebody. */
    Future<Boolean> correctName(Tx tx, UUID id, String name) {
        return store.correctName(tx, id, vault.sealText(AccountStore.RESIDENT, AccountStore.NAME, id, name));
    }

    /** What the owner of a session may do now; empty where the account is gone or disabled. */
    Future<Optional<Grant>> findGrant(Sql sql, Audience audience, UUID subjectId) {
        return switch (audience) {
            case RESIDENT -> Future.succeededFuture(Optional.of(Grant.resident(subjectId)));
            case STAFF -> officials.findStaff(sql, subjectId).map(staff -> staff.map(secondStep::grant));
            case PARTNER -> officials.findPartner(sql, subjectId).map(partner -> partner.map(Grant::partner));
        };
    }

    byte[] personIndex(NationalId nationalId) {
        return vault.blindIndex(NationalId.INDEX_PURPOSE, nationalId.value());
    }

    private Future<UUID> open(Tx tx, Resident.LogIn logIn, Instant now) {
        var residentId = Ids.next(now);
        var methodId = Ids.next(now);
        var sealed = vault.sealText(AccountStore.METHOD, AccountStore.VALUE, methodId, logIn.value());
        return store.insertMethod(tx, methodId, residentId, logIn.kind(), index(logIn), sealed, now)
                .compose(isNew -> isNew
                        ? store.insertResident(tx, residentId, now).map(residentId)
                        : store.holdByMethod(tx, logIn.kind(), index(logIn)).map(Optional::orElseThrow));
    }

    byte[] index(Resident.LogIn logIn) {
        var purpose =
                switch (logIn.kind()) {
                    case WECHAT -> "identity.openid";
                    case PHONE -> PhoneNumbers.INDEX_PURPOSE;
                };
        return vault.blindIndex(purpose, logIn.value());
    }

    private Resident resident(UUID id, List<AccountStore.AccountRow> rows) {
        var account = rows.get(0);
        var person = account.sealedName()
                .map(name -> new Resident.BoundPerson(
                        vault.openText(AccountStore.RESIDENT, AccountStore.NAME, id, name),
                        NationalId.parse(vault.openText(
                                AccountStore.RESIDENT,
                                AccountStore.NATIONAL_ID,
                                id,
                                account.sealedNationalId().orElseThrow())),
                        account.boundAt().orElseThrow()));
        var kinds = EnumSet.noneOf(Resident.LogIn.Kind.class);
        String phone = null;
        for (AccountStore.AccountRow row : rows) {
            var method = row.method().orElse(null);
            if (method != null && kinds.add(method.kind()) && method.kind() == Resident.LogIn.Kind.PHONE) {
                phone = vault.openText(AccountStore.METHOD, AccountStore.VALUE, method.id(), method.sealedValue());
            }
        }
        return new Resident(id, account.createdAt(), person.orElse(null), List.copyOf(kinds), phone);
    }
}
