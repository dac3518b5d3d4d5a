package io.anju.identity;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;

/** The way out to a short-message gateway. */
interface SmsSender {
    /**
     * A one-time code on its way. Gateways in China send registered templates only, so this is the template's
     * parameters and no text.
     *
     * @param id the same for every attempt at one message
     * @param phone E.164
     * @param language BCP 47
     */
    record Message(UUID id, String phone, String language, String code, Duration goodFor) {
        @Override
        public String toString() {
            return id.toString();
        }
    }

    /** Whether this deployment has a gateway at all. */
    boolean isAvailable();

    /** Succeeds once the gateway has taken the message; a failure is worth another attempt. */
    Future<Void> send(Message message);
}
