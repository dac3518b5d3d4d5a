package io.anju.message;

import io.anju.identity.Held;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Retained;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a resident consented to be told in WeChat, and was. */
public final class MessageFiles implements ResidentFiles {
    private final ConsentStore consents = new ConsentStore();
    private final MessageStore messages = new MessageStore();

    /** What is erased here when its period is over. */
    public static List<Retained> retained() {
        return List.of(new Retained("messages", MessageStore::countOld, MessageStore::eraseOld));
    }

    @Override
    public Set<String> tables() {
        return Set.of("message.consent", "message.message");
    }

    @Override
    public Map<String, String> kept() {
        return Map.of();
    }

    /** The account that stays answers for the user at WeChat from now on: what was consented to and told goes along. */
    @Override
    public Future<Boolean> handOver(Tx tx, UUID from, UUID to, Instant now) {
        return consents.handOver(tx, from, to)
                .compose(moved -> messages.handOver(tx, from, to))
                .map(true);
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return Future.all(consents.held(sql, owner.id()), messages.held(sql, owner.id()))
                .map(read -> List.of(
                        new Held("message-consents", read.resultAt(0)), new Held("messages", read.resultAt(1))));
    }

    /** A message that waits goes with the account, and is not sent. */
    @Override
    public Future<Void> erase(Tx tx, UUID residentId, Instant now) {
        return consents.erase(tx, residentId).compose(erased -> messages.erase(tx, residentId));
    }
}
