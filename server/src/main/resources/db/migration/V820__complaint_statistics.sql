-- How offices keep their days, counted once an hour by month: a request reads lines and scans no complaints.

-- Who answered: a complaint moves on to a higher office for a review, and the answer before stays the lower one's. Missing
-- while the clock runs, and where it ended before offices were kept: then it is the complaint's own.
ALTER TABLE complaint.clock
    ADD COLUMN office_level text,
    ADD COLUMN area_code    text;
GRANT UPDATE (office_level, area_code) ON complaint.clock TO anju_app;

CREATE INDEX clock_due ON complaint.clock (due_on);
CREATE INDEX clock_ended ON complaint.clock (ended_on) WHERE ended_on IS NOT NULL;
CREATE INDEX rating_at ON complaint.rating (rated_at);

-- A month of a city, and when it was counted last.
CREATE TABLE complaint.statistic_month (
    city_code  text        NOT NULL CHECK (city_code ~ '^\d{6}$'),
    month      date        NOT NULL CHECK (extract(day FROM month) = 1),
    counted_at timestamptz NOT NULL,
    CONSTRAINT statistic_month_pkey PRIMARY KEY (city_code, month)
);
GRANT SELECT, INSERT, UPDATE ON complaint.statistic_month TO anju_app;

-- Lines for everyone have neither kind nor stage; lines for offices have both.
CREATE TABLE complaint.statistic (
    city_code    text    NOT NULL,
    month        date    NOT NULL,
    category     text    NOT NULL,
    office_level text    NOT NULL,
    area_code    text    NOT NULL,
    kind         text    NOT NULL,
    stage        text    NOT NULL,
    pledges      integer NOT NULL,
    met          integer NOT NULL,
    late         integer NOT NULL,
    unanswered   integer NOT NULL,
    extended     integer NOT NULL,
    mean_days    numeric(9, 1),
    median_days  integer,
    p90_days     integer,
    rated        integer NOT NULL,
    mean_stars   numeric(2, 1),
    CONSTRAINT statistic_pkey PRIMARY KEY (city_code, month, category, office_level, area_code, kind, stage),
    CONSTRAINT statistic_of_month FOREIGN KEY (city_code, month) REFERENCES complaint.statistic_month,
    CONSTRAINT statistic_whole CHECK ((kind = '') = (stage = '')),
    CONSTRAINT statistic_sums_up CHECK (pledges = met + late + unanswered AND rated <= pledges)
);
GRANT SELECT, INSERT, DELETE ON complaint.statistic TO anju_app;

-- How far the counting is, as one row: what ended or was rated since then has still to be counted in.
CREATE TABLE complaint.statistic_through (
    only_one   boolean NOT NULL DEFAULT true CHECK (only_one),
    through_on date    NOT NULL,
    CONSTRAINT statistic_through_pkey PRIMARY KEY (only_one)
);
GRANT SELECT, INSERT, UPDATE ON complaint.statistic_through TO anju_app;
