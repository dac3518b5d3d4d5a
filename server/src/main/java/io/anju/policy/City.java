package io.anju.policy;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A city as data: its areas, the agencies that verify facts, and how it takes complaints.
 *
 * @param code GB/T 2260, 6 digits, e.g. {@code 370200}
 * @param complaints null where this deployment takes none for the city
 */
public record City(
        String code,
        Text name,
        List<District> districts,
        List<Agency> agencies,
        @Nullable ComplaintDesk complaints) {

    public City {
        districts = List.copyOf(districts);
        agencies = List.copyOf(agencies);
    }

    /** @param code 6 digits */
    public record District(String code, Text name, List<Street> streets) {
        public District {
            streets = List.copyOf(streets);
        }
    }

    /** @param code 9 digits (街道、镇) */
    public record Street(String code, Text name, List<Community> communities) {
        public Street {
            communities = List.copyOf(communities);
        }
    }

    /** @param code 12 digits (社区、村) */
    public record Community(String code, Text name) {}

    /** @param id e.g. {@code civil-affairs} */
    public record Agency(String id, Text name) {}

    /** The community with the 12-digit code, if it lies in this city. */
    public Optional<Community> community(String areaCode) {
        return districts.stream()
                .filter(district -> areaCode.startsWith(district.code()))
                .flatMap(district -> district.streets().stream())
                .filter(street -> areaCode.startsWith(street.code()))
                .flatMap(street -> street.communities().stream())
                .filter(community -> community.code().equals(areaCode))
                .findFirst();
    }

    /** The name of a district, street or community of this city. */
    public Optional<Text> areaName(String areaCode) {
        for (var district : districts) {
            if (district.code().equals(areaCode)) {
                return Optional.of(district.name());
            }
            for (var street : district.streets()) {
                if (street.code().equals(areaCode)) {
                    return Optional.of(street.name());
                }
            }
        }
        return community(areaCode).map(Community::name);
    }
}
