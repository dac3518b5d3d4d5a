-- What moved on a day is asked for once a day, and read page by page in the order of its numbers.
CREATE INDEX payment_by_day ON payment.payment (channel, paid_at) WHERE paid_at IS NOT NULL;
CREATE INDEX refund_by_day ON payment.refund (succeeded_at) WHERE succeeded_at IS NOT NULL;
