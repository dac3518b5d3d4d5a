package io.anju.identity;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Language;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Codes sent by SMS. Each belongs to a challenge that only the one who asked for it knows: whoever guesses at a number
 * spends the tries of codes of his own asking, never those of the owner's.
 */
final class OneTimeCodes {
    static final String SEND = "identity.send-code";

    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final String MAC_PURPOSE = "identity.one-time-code";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Db db;
    private final Vault vault;
    private final Limits limits;
    private final SmsSender sms;
    private final OneTimeCodeStore store = new OneTimeCodeStore();

    OneTimeCodes(Db db, Vault vault, Limits limits, SmsSender sms) {
        this.db = db;
        this.vault = vault;
        this.limits = limits;
        this.sms = sms;
    }

    /** A code that is on its way. */
    record Challenge(UUID id, Instant expiresAt) {}

    /**
     * Who asks.
     *
     * @param device a random name that the app gave itself; null where the client sends none, which leaves the address
     */
    record Whence(String address, @Nullable String device) {}

    /** What a try found: the phone where the code was right. */
    record Tried(UUID challengeId, Optional<String> phone) {}

    /** Makes a code and queues its message; refuses where too many were asked for. */
    Future<Challenge> request(Tx tx, String phone, Whence whence, Language language, Instant now) {
        if (!sms.isAvailable()) {
            return Refusal.failed(IdentityProblem.SMS_UNAVAILABLE);
        }
        var id = Ids.next(now);
        var expiresAt = now.plus(GOOD_FOR);
        return take(tx, phone, whence, now)
                .compose(done -> store.insert(tx, code(id, phone, language, now, expiresAt)))
                .compose(done -> Jobs.enqueue(tx, SEND, id.toString(), "{}", now))
                .map(new Challenge(id, expiresAt));
    }

    /** Tries a code. The try is counted for good, whatever becomes of the request. */
    Future<Tried> tryCode(UUID challengeId, String code, Instant now) {
        return store.tryCode(db, challengeId, now)
                .map(found -> new Tried(
                        challengeId,
                        found.filter(row -> MessageDigest.isEqual(row.mac(), mac(challengeId, code)))
                                .map(row -> vault.openText(
                                        OneTimeCodeStore.TABLE,
                                        OneTimeCodeStore.PHONE,
                                        challengeId,
                                        row.sealedPhone()))));
    }

    /** Spends a code that was right; gives the phone it was sent to. */
    Future<String> spend(Tx tx, Tried tried, String address, Instant now) {
        if (tried.phone().isEmpty()) {
            return wrong();
        }
        var phone = tried.phone().get();
        return store.spend(tx, tried.challengeId(), now)
                .compose(spent ->
                        spent ? store.rememberAddress(tx, phoneIndex(phone), limits.address(address), now) : wrong())
                .map(phone);
    }

    /** Hands a code's message to the gateway; what was sent or is no longer good is left alone. */
    Future<Void> send(Job job) {
        var id = UUID.fromString(job.key());
        return store.findUnsent(db, id, job.now())
                .compose(unsent -> unsent.isEmpty()
                        ? Future.succeededFuture()
                        : sms.send(message(id, unsent.get())).compose(done -> store.sent(db, id)));
    }

    /** Forgets codes and addresses that no longer matter. */
    Future<Void> purge(Instant now) {
        return store.purge(db, now);
    }

    private Future<Void> take(Tx tx, String phone, Whence whence, Instant now) {
        var subject = NetworkAddress.subject(whence.address());
        return store.knowsAddress(tx, phoneIndex(phone), limits.address(whence.address()), now)
                .compose(known -> {
                    var takings = limits.takings()
                            .from(Budget.CODE_FROM_ADDRESS_PER_HOUR, subject)
                            .from(Budget.CODE_TOTAL_PER_HOUR, "");
                    var device = whence.device();
                    if (device != null) {
                        takings.from(Budget.CODE_FROM_DEVICE_PER_HOUR, device);
                    }
                    if (known) {
                        takings.from(Budget.CODE_TO_KNOWN_PER_MINUTE, phone + ' ' + subject)
                                .from(Budget.CODE_TO_KNOWN_PER_DAY, phone + ' ' + subject);
                    } else {
                        takings.from(Budget.CODE_TO_NUMBER_PER_MINUTE, phone)
                                .from(Budget.CODE_TO_NUMBER_PER_HOUR, phone)
                                .from(Budget.CODE_TO_NUMBER_PER_DAY, phone);
                    }
                    return takings.take(tx, now);
                });
    }

    private OneTimeCodeStore.NewCode code(UUID id, String phone, Language language, Instant now, Instant expiresAt) {
        var code = String.format(Locale.ROOT, "%06d", RANDOM.nextInt(1_000_000));
        return new OneTimeCodeStore.NewCode(
                id,
                phoneIndex(phone),
                vault.sealText(OneTimeCodeStore.TABLE, OneTimeCodeStore.PHONE, id, phone),
                mac(id, code),
                vault.sealText(OneTimeCodeStore.TABLE, OneTimeCodeStore.CODE, id, code),
                language.tag(),
                now,
                expiresAt);
    }

    private SmsSender.Message message(UUID id, OneTimeCodeStore.UnsentCode unsent) {
        return new SmsSender.Message(
                id,
                vault.openText(OneTimeCodeStore.TABLE, OneTimeCodeStore.PHONE, id, unsent.sealedPhone()),
                unsent.language(),
                vault.openText(OneTimeCodeStore.TABLE, OneTimeCodeStore.CODE, id, unsent.sealedCode()),
                GOOD_FOR);
    }

    private byte[] phoneIndex(String phone) {
        return vault.blindIndex(PhoneNumbers.INDEX_PURPOSE, phone);
    }

    private byte[] mac(UUID challengeId, String code) {
        return vault.mac(MAC_PURPOSE, (challengeId + ":" + code).getBytes(StandardCharsets.UTF_8));
    }

    private static <T> Future<T> wrong() {
        return Future.failedFuture(Refusal.at("/code", IdentityProblem.ONE_TIME_CODE_WRONG));
    }
}
