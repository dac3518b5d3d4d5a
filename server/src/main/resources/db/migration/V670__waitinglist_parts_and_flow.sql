-- Places in parts of the list beside the district, and what has moved the household from derivation to derivation: the
-- difference of two such sums explains a move without a comparison of two whole lists.
ALTER TABLE waitinglist.standing_line
    ADD COLUMN home_rooms integer CHECK (home_rooms BETWEEN 1 AND 9),
    ADD COLUMN home_rank  integer CHECK (home_rank >= 1),
    ADD COLUMN class_rank integer CHECK (class_rank >= 1),
    ADD COLUMN moved      integer[],
    ADD CONSTRAINT standing_line_home CHECK (num_nonnulls(home_rooms, home_rank) <> 1);
COMMENT ON COLUMN waitinglist.standing_line.moved IS
    'sum of each cause''s changes of rank since the household entered, in the order that the program numbers causes';
-- no rows, and so no cost, where the rules know no sizes or no classes
CREATE UNIQUE INDEX standing_line_home ON waitinglist.standing_line (standing_id, home_rooms, home_rank)
    WHERE home_rooms IS NOT NULL;
CREATE UNIQUE INDEX standing_line_class ON waitinglist.standing_line (standing_id, (coalesce(priority, 0)), class_rank)
    WHERE class_rank IS NOT NULL;

-- The last place of a household that has left, kept when the derivations that it was part of are cleared away.
CREATE TABLE waitinglist.departure (
    registration_id uuid    NOT NULL REFERENCES waitinglist.registration,
    standing_id     bigint  NOT NULL,
    rank            integer NOT NULL CHECK (rank >= 1),
    home_rooms      integer CHECK (home_rooms BETWEEN 1 AND 9),
    CONSTRAINT departure_pkey PRIMARY KEY (registration_id)
);
GRANT SELECT, INSERT ON waitinglist.departure TO anju_app;

CREATE INDEX exit_housed ON waitinglist.exit (city_code, programme, occurred_on) WHERE exit_type = 'housed';

-- How far homes go: for each month, from the whole months before it. home_rooms 0 is the whole list.
CREATE TABLE waitinglist.flow (
    city_code  text    NOT NULL,
    programme  text    NOT NULL,
    month      date    NOT NULL CHECK (extract(day FROM month) = 1),
    home_rooms integer NOT NULL CHECK (home_rooms BETWEEN 0 AND 9),
    months     integer NOT NULL CHECK (months BETWEEN 1 AND 24),
    housed     integer NOT NULL CHECK (housed >= 0),
    soonest    integer[] NOT NULL,
    latest     integer[] NOT NULL,
    checked    integer NOT NULL CHECK (checked >= 0),
    hits       integer NOT NULL CHECK (hits BETWEEN 0 AND checked),
    computed_at timestamptz NOT NULL,
    CONSTRAINT flow_pkey PRIMARY KEY (city_code, programme, month, home_rooms),
    CONSTRAINT flow_same_horizon CHECK (cardinality(soonest) = cardinality(latest)),
    FOREIGN KEY (city_code, programme) REFERENCES waitinglist.list
);
COMMENT ON COLUMN waitinglist.flow.soonest IS
    'places that have gone after each month to come in one future of ten; latest: in nine of ten';
GRANT SELECT, INSERT ON waitinglist.flow TO anju_app;

-- Months whose flow was looked at, also where there was too little of it to tell anything.
CREATE TABLE waitinglist.flow_month (
    city_code   text NOT NULL,
    programme   text NOT NULL,
    month       date NOT NULL,
    computed_at timestamptz NOT NULL,
    CONSTRAINT flow_month_pkey PRIMARY KEY (city_code, programme, month),
    FOREIGN KEY (city_code, programme) REFERENCES waitinglist.list
);
GRANT SELECT, INSERT ON waitinglist.flow_month TO anju_app;
