package io.anju.reconciliation;

import io.anju.reconciliation.Run.Result;
import java.math.BigDecimal;
import java.util.List;

/** How much of a day's value was verified by the next day, by channel and in sum. */
record DayShares(List<OfChannel> channels) {
    static final DayShares NOTHING = new DayShares(List.of());

    DayShares {
        channels = List.copyOf(channels);
    }

    /**
     * What a channel's last comparison of the day came to that ended in time.
     *
     * @param isMissing whether there was none though the channel was compared before: its value is not known then
     */
    record OfChannel(String channel, long valueFen, long verifiedFen, boolean isMissing) {
        BigDecimal share() {
            return isMissing ? BigDecimal.ZERO : Result.share(verifiedFen, valueFen);
        }
    }

    /** Of one channel; a day before its first comparison had nothing to verify. */
    BigDecimal of(String channel) {
        return channels.stream()
                .filter(one -> one.channel().equals(channel))
                .findFirst()
                .map(OfChannel::share)
                .orElse(BigDecimal.ONE);
    }

    /** Of all value; nothing is told of the sum while a part of it is not known. */
    BigDecimal ofAll() {
        if (channels.stream().anyMatch(OfChannel::isMissing)) {
            return BigDecimal.ZERO;
        }
        var verifiedFen = channels.stream().mapToLong(OfChannel::verifiedFen).sum();
        return Result.share(
                verifiedFen, channels.stream().mapToLong(OfChannel::valueFen).sum());
    }
}
