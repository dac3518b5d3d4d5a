package io.anju.platform.http;

/**
 * The agency that a partner answers for.
 *
 * @param cityCode six digits, GB/T 2260; an agency sees the cases of its own city only
 * @param id its name in the city's data, such as {@code public-security}
 */
public record Agency(String cityCode, String id) {
    /** As audit rows show it, such as {@code 370200/public-security}. */
    @Override
    public String toString() {
        return cityCode + "/" + id;
    }
}
