package io.anju.sandbox;

import io.anju.application.Household;
import io.anju.platform.http.ResidentCaller;
import io.anju.sandbox.CityPlan.Story;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What the history remembers of the applications that were handed in. */
final class CityCases {
    private final Map<UUID, Case> byApplication = new ConcurrentHashMap<>();

    /** An application with the story that it follows. */
    record Case(
            UUID applicationId,
            String receiptNumber,
            Story story,
            Household household,
            ResidentCaller resident,
            String phone) {
        String communityCode() {
            return household.currentAddress().areaCode();
        }
    }

    void add(Case added) {
        byApplication.put(added.applicationId(), added);
    }

    Case get(UUID applicationId) {
        var found = byApplication.get(applicationId);
        if (found == null) {
            throw new IllegalStateException("an application that nobody planned: " + applicationId);
        }
        return found;
    }

    /** All cases by the number of their story. */
    List<Case> all() {
        var all = new ArrayList<>(byApplication.values());
        all.sort(Comparator.comparing(one -> one.story().number()));
        return all;
    }
}
