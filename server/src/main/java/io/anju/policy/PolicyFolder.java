package io.anju.policy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that a folder of policies holds, checked as a whole: read it all or nothing. */
public final class PolicyFolder {
    private final SortedMap<String, City> cities;
    private final List<PolicyDocument> documents;

    PolicyFolder(Map<String, City> cities, List<PolicyDocument> documents) {
        this.cities = new TreeMap<>(cities);
        this.documents = List.copyOf(documents);
    }

    /** The policies that ship with the product. */
    public static PolicyFolder shipped() {
        throw new UnsupportedOperationException();
    }

    List<PolicyDocument> documents() {
        return documents;
    }

    Optional<City> city(String code) {
        return Optional.ofNullable(cities.get(code));
    }

    Collection<City> cities() {
        return cities.values();
    }
}
