package io.anju.testing;

import io.anju.testing.Cases.Case;

/** The two offices of Qingdao that lead a household of their street onto the city's list. */
public record Offices(Desk street, Desk district) {
    /** @param streetCode nine digits; its district's are the first six */
    public static Offices of(Anju anju, String streetCode) {
        return new Offices(Desk.of(anju, "street", streetCode), Desk.of(anju, "district", streetCode.substring(0, 6)));
    }

    /** From its application to its registration; takes some weeks of the test's clock. */
    public Case register(Case one) {
        street.approve(one).expect(200);
        street.publishAndClose("street-publicity");
        district.verifyAndApprove(one);
        district.publishAndClose("district-publicity");
        return one;
    }
}
