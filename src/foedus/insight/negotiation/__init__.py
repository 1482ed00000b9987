"""Who would rather sign than fight on, at which balance of forces, and what consent costs."""
