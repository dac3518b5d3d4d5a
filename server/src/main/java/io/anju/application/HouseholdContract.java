package io.anju.application;

import io.anju.api.model.AssetKind;
import io.anju.api.model.HomeKind;
import io.anju.api.model.HomeTenure;
import io.anju.api.model.HouseholdAddress;
import io.anju.api.model.HouseholdCategory;
import io.anju.api.model.HouseholdRelation;
import io.anju.api.model.IncomeKind;
import io.anju.api.model.MemberSex;
import io.anju.api.model.SpecialGroupCode;
import io.anju.identity.Sex;
import io.anju.policy.Relation;
import java.math.BigDecimal;

/** A household in the contract's types and in ours. Both have the same shape; only codes and decimals differ. */
final class HouseholdContract {
    private HouseholdContract() {}

    static Household read(io.anju.api.model.Household household) {
        var address = household.currentAddress();
        return new Household(
                household.category().wire(),
                household.contactPhone(),
                new Household.Address(address.areaCode(), address.line()),
                household.members().stream().map(HouseholdContract::read).toList(),
                household.homes().stream().map(HouseholdContract::read).toList(),
                household.assets().stream()
                        .map(asset -> new Household.Asset(asset.kind().wire(), asset.valueFen()))
                        .toList());
    }

    private static Household.Member read(io.anju.api.model.Member member) {
        var hukou = member.hukou();
        return new Household.Member(
                member.fullName(),
                member.nationalId(),
                Relation.valueOf(member.relation().name()),
                Sex.valueOf(member.sex().name()),
                member.birthDate(),
                Household.MaritalStatus.valueOf(member.maritalStatus().name()),
                hukou == null ? null : new Household.Hukou(hukou.cityCode(), hukou.since()),
                member.employer(),
                member.specialGroups().stream().map(SpecialGroupCode::wire).toList(),
                member.incomes().stream()
                        .map(income -> new Household.Income(income.kind().wire(), income.monthlyFen()))
                        .toList());
    }

    private static Household.Home read(io.anju.api.model.Home home) {
        return new Household.Home(
                Household.Tenure.valueOf(home.tenure().name()),
                home.kind().wire(),
                new BigDecimal(home.areaSqm()),
                home.address(),
                home.monthlyRentFen());
    }

    static io.anju.api.model.Household write(Household household) {
        var address = household.currentAddress();
        return new io.anju.api.model.Household(
                HouseholdCategory.of(household.category()),
                household.contactPhone(),
                new HouseholdAddress(address.areaCode(), address.line()),
                household.members().stream().map(HouseholdContract::write).toList(),
                household.homes().stream().map(HouseholdContract::write).toList(),
                household.assets().stream()
                        .map(asset -> new io.anju.api.model.Asset(AssetKind.of(asset.kind()), asset.valueFen()))
                        .toList());
    }

    private static io.anju.api.model.Member write(Household.Member member) {
        var hukou = member.hukou();
        return new io.anju.api.model.Member(
                member.fullName(),
                member.nationalId(),
                HouseholdRelation.valueOf(member.relation().name()),
                MemberSex.valueOf(member.sex().name()),
                member.birthDate(),
                io.anju.api.model.MaritalStatus.valueOf(member.maritalStatus().name()),
                hukou == null ? null : new io.anju.api.model.Hukou(hukou.cityCode(), hukou.since()),
                member.employer(),
                member.specialGroups().stream().map(SpecialGroupCode::of).toList(),
                member.incomes().stream()
                        .map(income -> new io.anju.api.model.Income(IncomeKind.of(income.kind()), income.monthlyFen()))
                        .toList());
    }

    private static io.anju.api.model.Home write(Household.Home home) {
        return new io.anju.api.model.Home(
                HomeTenure.valueOf(home.tenure().name()),
                HomeKind.of(home.kind()),
                home.areaSqm().setScale(2).toPlainString(),
                home.address(),
                home.monthlyRentFen());
    }
}
