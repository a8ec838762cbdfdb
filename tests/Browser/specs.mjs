// Specs for the sweeps that are looked at.

// Minutes of one core, in chunks of a few seconds: there is something to see while it goes on, and it does not end meanwhile.
export const watched = `# Pasted as it is, remark and all.
name: watched
experiment: gaussian-mixture
axes:
  drift: { from: 0, to: 1.5, count: 13 }
  separation: { from: 0.5, to: 2, count: 12 }
fixed: { dimension: 64, stiffness: 4, direction: slowest, training_points: 2000, samples: 16384, steps: 500 }
times: { from: 0.5, to: 6, count: 12 }
measure: [speciation, collapse]
seed: 7
`;

// The same with one value more on either axis.
export const larger = watched.replace('to: 1.5, count: 13', 'to: 1.625, count: 14');

// Hours of one core: for what is cancelled.
export const long = `name: long
experiment: gaussian-mixture
axes: { separation: { from: 0.5, to: 2, count: 100 }, drift: { from: 0, to: 1.5, count: 100 } }
fixed: { dimension: 64, stiffness: 4, samples: 4096, steps: 1000 }
measure: [speciation]
seed: 3
`;

// A second or so. Three axes, so that one of them is pinned; curves; a word as an axis.
export const quick = `name: quick
experiment: gaussian-mixture
axes:
  schedule: [ou, cosine]
  separation: { from: 0.5, to: 2, count: 5 }
  drift: { from: 0, to: 1.5, count: 4 }
fixed: { dimension: 8, stiffness: 4, samples: 512, steps: 100, training_points: 200 }
times: { from: 0.5, to: 5, count: 8 }
measure: [speciation, collapse]
seed: 3
`;

// Four mistakes, each in a line of its own.
export const wrong = `name: wrong
experiment: gaussian-mixture
axes:
  separation: { from: 0.5, to: 2, count: 0 }
  drfit: [0, 1]
fixed: { dimension: -64, steps: many }
measure: [speciation]
seed: 7
# This stays: <b>&amp; "quotes" ü
`;

// With steps of 5 the sampler leaves the finite numbers: 10 points of 40 fail.
export const failing = `name: failing
experiment: gaussian-mixture
axes:
  horizon: [1000, 10, 8, 6]
  separation: { from: 0.5, to: 2, count: 10 }
fixed: { dimension: 64, stiffness: 4, drift: 1, samples: 512, steps: 200 }
measure: [speciation]
seed: 3
`;

// All of more points than may fail, in more chunks than lanes have in hand.
export const hopeless = failing.replace('name: failing', 'name: hopeless').replace('[1000, 10, 8, 6]', '[1000, 999]').replace('count: 10', 'count: 1000').replace('samples: 512', 'samples: 8192');
