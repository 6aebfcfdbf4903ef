//! CPU credits (EC2 User Guide, "Burstable performance instances").
use crate::traffic::CreditSpec;
use crate::traffic::sample::CreditSample;

/// The account of a burstable server.
#[derive(Clone, Copy, Debug)]
pub(super) struct Credits {
    spec: CreditSpec,
    /// Earned and not spent.
    balance: f64,
    /// Launch credits that are left. They are spent first and do not count towards the most.
    launch: f64,
    /// Borrowed and not paid back.
    surplus: f64,
    usage: f64,
    charged: f64,
}

const TEN_SECONDS_IN_MINUTES: f64 = 10.0 / 60.0;

impl Credits {
    pub(super) fn new(spec: CreditSpec) -> Self {
        Credits { spec, balance: 0.0, launch: spec.at_launch, surplus: 0.0, usage: 0.0, charged: 0.0 }
    }

    /// Another mode or type.
    pub(super) fn change(&mut self, spec: CreditSpec) {
        self.spec = spec;
        self.balance = self.balance.min(spec.most);
    }

    /// Books what was used and earned in a time. Returns whether the CPUs are held at the baseline from now on: in standard mode without
    /// credits. Simplified: AWS lowers the performance over 15 minutes; and the account is kept every ten seconds.
    pub(super) fn charge(&mut self, used: f64, seconds: f64, was_throttled: bool, vcpus: f64) -> bool {
        self.usage += used;
        let from_launch = self.launch.min(used);
        self.launch -= from_launch;
        let mut net = self.spec.per_hour * seconds / 3_600.0 - (used - from_launch);
        if net > 0.0 {
            let paid_back = self.surplus.min(net);
            self.surplus -= paid_back;
            net -= paid_back;
        }
        self.balance = (self.balance + net).min(self.spec.most);
        if self.balance < 0.0 {
            if self.spec.is_unlimited {
                self.surplus -= self.balance;
            }
            self.balance = 0.0;
        }
        // What is borrowed beyond a day's earnings is charged at once.
        let beyond = (self.surplus - self.spec.most).max(0.0);
        self.surplus -= beyond;
        self.charged += beyond;
        if self.spec.is_unlimited {
            return false;
        }
        // Held back, it earns as much as it may use; it is let go when there is enough for ten seconds at full speed.
        let enough = if was_throttled { vcpus * TEN_SECONDS_IN_MINUTES } else { 0.0 };
        self.balance + self.launch <= enough
    }

    pub(super) fn take_sample(&mut self) -> CreditSample {
        let sample = CreditSample {
            usage: self.usage,
            balance: self.balance + self.launch,
            surplus_balance: self.surplus,
            surplus_charged: self.charged,
        };
        (self.usage, self.charged) = (0.0, 0.0);
        sample
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T3_MICRO: CreditSpec = CreditSpec { per_hour: 12.0, most: 288.0, at_launch: 0.0, is_unlimited: true };

    /// EC2 User Guide, "Unlimited mode concepts": surplus credits are spent when the balance is zero, paid down by what is earned, and
    /// charged beyond what is earned in 24 hours.
    #[test]
    fn unlimited_mode_borrows_pays_back_and_charges_beyond_a_day() {
        let mut credits = Credits::new(T3_MICRO);
        // Both CPUs at full speed for an hour: 120 credits used, 12 earned.
        assert!(!credits.charge(120.0, 3_600.0, false, 2.0));
        assert_eq!(
            credits.take_sample(),
            CreditSample { usage: 120.0, balance: 0.0, surplus_balance: 108.0, surplus_charged: 0.0 }
        );
        // Three hours of rest pay 36 back.
        credits.charge(0.0, 3.0 * 3_600.0, false, 2.0);
        assert_eq!(credits.take_sample().surplus_balance, 72.0);
        // Three hours more at full speed: 324 more, 108 beyond the most.
        credits.charge(360.0, 3.0 * 3_600.0, false, 2.0);
        let sample = credits.take_sample();
        assert_eq!((sample.surplus_balance, sample.surplus_charged), (288.0, 108.0));
    }

    /// EC2 User Guide, "Standard mode for burstable performance instances": T2 launch credits are spent first; without credits the CPU
    /// performance is lowered to the baseline.
    #[test]
    fn standard_mode_spends_launch_credits_first_and_is_held_at_the_baseline_without_any() {
        let spec = CreditSpec { per_hour: 6.0, most: 144.0, at_launch: 30.0, is_unlimited: false };
        let mut credits = Credits::new(spec);
        assert!(!credits.charge(20.0, 1_200.0, false, 1.0));
        assert_eq!(credits.take_sample().balance, 12.0, "10 launch credits and 2 earned");
        assert!(credits.charge(20.0, 1_200.0, false, 1.0));
        assert_eq!(credits.take_sample().balance, 0.0);
        assert!(credits.charge(1.0 / 60.0, 10.0, true, 1.0), "at the baseline it stays there");
        assert!(!credits.charge(0.0, 600.0, true, 1.0), "after a rest it is let go");
    }

    /// EC2 User Guide, "CPU credit accrual limits": the balance is at most what is earned in 24 hours.
    #[test]
    fn the_balance_is_at_most_a_day_of_earnings() {
        let mut credits = Credits::new(T3_MICRO);
        credits.charge(0.0, 48.0 * 3_600.0, false, 2.0);
        assert_eq!(credits.take_sample().balance, 288.0);
    }
}
