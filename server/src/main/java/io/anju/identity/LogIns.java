package io.anju.identity;

import io.anju.platform.crypto.SlowHash;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ways in. Each has a first half that looks at the secret and may cost time or a call over the network, outside of
 * any transaction, and a second half that opens the session.
 */
final class LogIns {
    private final Db db;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Limits limits;
    private final SlowHash passwords;
    private final WeChatClient weChat;
    private final WeChatPhoneClient weChatPhones;
    private final OneTimeCodes codes;
    private final SecondStep secondStep;
    private final PartnerAssertions assertions;
    private final OfficialStore officials = new OfficialStore();

    LogIns(
            Db db,
            Accounts accounts,
            Sessions sessions,
            Limits limits,
            SlowHash passwords,
            WeChatClient weChat,
            WeChatPhoneClient weChatPhones,
            OneTimeCodes codes,
            SecondStep secondStep,
            PartnerAssertions assertions) {
        this.db = db;
        this.accounts = accounts;
        this.sessions = sessions;
        this.limits = limits;
        this.passwords = passwords;
        this.weChat = weChat;
        this.weChatPhones = weChatPhones;
        this.codes = codes;
        this.secondStep = secondStep;
        this.assertions = assertions;
    }

    /**
     * Asks WeChat whose code this is. A refusal is given as a value, so that a request which is repeated while its
     * first copy still runs, and finds the code spent by it, still gets the first copy's answer.
     */
    Future<Future<String>> askWeChat(String code) {
        return asValue(weChat.exchange(code));
    }

    /** As {@link #askWeChat}: whose phone's code this is. */
    Future<Future<String>> askWeChatForPhone(String code) {
        return asValue(weChatPhones.exchange(code));
    }

    private static <T> Future<Future<T>> asValue(Future<T> asking) {
        return asking.transform(asked -> Future.succeededFuture(
                asked.succeeded() ? Future.succeededFuture(asked.result()) : Future.failedFuture(asked.cause())));
    }

    Future<Tokens> withWeChat(Tx tx, Future<String> asked, Device device, Instant now) {
        return asked.compose(
                openId -> resident(tx, new Resident.LogIn(Resident.LogIn.Kind.WECHAT, openId), device, now));
    }

    Future<Tokens> withPhone(Tx tx, OneTimeCodes.Tried tried, String address, Device device, Instant now) {
        return codes.spend(tx, tried, address, now)
                .compose(phone -> resident(tx, new Resident.LogIn(Resident.LogIn.Kind.PHONE, phone), device, now));
    }

    /** A member of staff whose secrets were right, and the steps of one-time passwords that this takes. */
    record Proven(Staff staff, List<Long> steps) {}

    /** Looks at a password; wrong ones make the account wait for this address, and only for this one. */
    Future<Proven> checkStaff(String username, String password, @Nullable String totp, String address, Instant now) {
        var name = username(username);
        return begin("staff:" + name, address, now)
                .compose(done -> officials.findStaffByUsername(db, name, now))
                .compose(found -> found.isEmpty()
                        ? passwords.matchesNothing(password).compose(never -> wrong())
                        : passwords
                                .matches(password, found.get().hash())
                                .compose(matches ->
                                        matches ? secondStep.check(found.get().owner(), totp, now) : wrong())
                                .map(steps -> new Proven(found.get().owner(), steps)))
                // not before both steps are right: the first one alone must not wipe the failures of the second
                .compose(proven -> limits.succeed(db, "staff:" + name, address).map(proven));
    }

    /** Opens the session; a one-time password that another log-in took meanwhile is refused. */
    Future<Tokens> openStaff(Tx tx, Proven proven, Device device, Instant now) {
        var grant = secondStep.grant(proven.staff());
        return secondStep
                .take(tx, proven.staff(), proven.steps())
                .compose(taken -> takePassword(tx, proven.staff()))
                .compose(taken -> LogInRecords.came(
                        tx, grant, proven.steps().isEmpty() ? "password" : "password and authenticator app"))
                .compose(recorded -> sessions.open(tx, grant, new Sessions.Entrance(device, null), now));
    }

    /** A password that an administrator handed over opens one session; of two at once, the second is refused. */
    private Future<Void> takePassword(Tx tx, Staff staff) {
        return staff.mustChangePassword()
                ? officials
                        .useOneTimePassword(tx, staff.id())
                        .compose(taken -> taken ? Future.succeededFuture() : wrong())
                : Future.succeededFuture();
    }

    /** A partner whose proof was right, and the assertion that this takes where it was one. */
    record ProvenPartner(Partner partner, Optional<PartnerAssertions.Identified> assertion) {}

    /** Looks at a partner's secret. */
    Future<ProvenPartner> checkPartner(String clientId, String secret, String address, Instant now) {
        return begin("partner:" + clientId, address, now)
                .compose(done -> officials.findPartnerByClientId(db, clientId, now))
                .map(found -> found.filter(credential -> isOf(credential, secret))
                        .map(credential -> new ProvenPartner(credential.owner(), Optional.empty())))
                .compose(proven -> admitPartner(proven, address, now));
    }

    /**
     * Looks at a secret that comes with each request, as often as it comes and with as many at once. A right one waits for
     * nobody: it has too many bits to be found by trying. Wrong ones wait as at a log-in, and keep nobody else out.
     */
    Future<Partner> checkKey(String clientId, String secret, String address, Instant now) {
        return officials.findPartnerByClientId(db, clientId, now).compose(found -> {
            var right = found.filter(credential -> isOf(credential, secret)).map(credential -> credential.owner());
            if (right.isEmpty()) {
                return begin("partner:" + clientId, address, now).compose(counted -> wrong());
            }
            return right.get().mayComeFrom(address)
                    ? Future.succeededFuture(right.get())
                    : Refusal.failed(IdentityProblem.ADDRESS_NOT_ALLOWED);
        });
    }

    /** Looks at a partner's assertion. */
    Future<ProvenPartner> checkAssertion(String clientId, String assertion, String address, Instant now) {
        return begin("partner:" + clientId, address, now)
                .compose(done -> officials.findPartnerByClientId(db, clientId, now))
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(Optional.<ProvenPartner>empty())
                        : assertions
                                .check(found.get().owner(), assertion, now)
                                .map(identified -> identified.map(
                                        each -> new ProvenPartner(found.get().owner(), identified))))
                .compose(proven -> admitPartner(proven, address, now));
    }

    /** Where it comes from is looked at last, so that only the partner itself learns what is allowed. */
    private Future<ProvenPartner> admitPartner(Optional<ProvenPartner> proven, String address, Instant now) {
        if (proven.isEmpty()) {
            return wrong();
        }
        var partner = proven.get().partner();
        return partner.mayComeFrom(address)
                ? limits.succeed(db, "partner:" + partner.clientId(), address)
                        .compose(done -> limits.takings()
                                .from(
                                        Budget.PARTNER_TOKENS_PER_HOUR,
                                        partner.id().toString())
                                .take(db, now))
                        .map(proven.get())
                : Refusal.failed(IdentityProblem.ADDRESS_NOT_ALLOWED);
    }

    /** Opens the session; an assertion that was taken before is refused. */
    Future<AccessTokens.Signed> openPartner(Tx tx, ProvenPartner proven, Instant now) {
        var partner = proven.partner();
        Future<Void> spent = proven.assertion().isPresent()
                ? assertions.spend(tx, partner, proven.assertion().get())
                : Future.succeededFuture();
        var grant = Grant.partner(partner);
        return spent.compose(done ->
                        LogInRecords.came(tx, grant, proven.assertion().isPresent() ? "signed assertion" : "secret"))
                .compose(recorded -> sessions.openOnce(tx, grant, now));
    }

    /** A user name in its one spelling. */
    static String username(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static boolean isOf(OfficialStore.Credential<Partner, List<byte[]>> credential, String secret) {
        return credential.hash().stream().anyMatch(hash -> MessageDigest.isEqual(hash, Secrets.hash(secret)));
    }

    private Future<Void> begin(String account, String address, Instant now) {
        return limits.beginLogIn(db, account, address, now);
    }

    private Future<Tokens> resident(Tx tx, Resident.LogIn logIn, Device device, Instant now) {
        var entrance = new Sessions.Entrance(device, logIn.kind());
        return accounts.findOrOpen(tx, logIn, now)
                .map(Grant::resident)
                .compose(grant -> LogInRecords.came(tx, grant, logIn.kind().id())
                        .compose(recorded -> sessions.open(tx, grant, entrance, now)));
    }

    private static <T> Future<T> wrong() {
        return Refusal.failed(IdentityProblem.WRONG_CREDENTIALS);
    }
}
