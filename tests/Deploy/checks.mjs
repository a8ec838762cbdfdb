// One line per check, as the shell scripts print them; tests/Deploy/run counts the lines.
export function check(name, mistakes) {
  console.log(mistakes.length === 0 ? `ok      ${name}` : `FAILED  ${name}`);
  for (const mistake of mistakes) console.log(`          ${mistake}`);
}

// The settings that a silo reads from its environment.
export const settings = ['SERVER', 'SERVER_FILE', 'DATA', 'DEVICE', 'THREADS', 'GRACE', 'LOST_AFTER', 'HEALTH', 'IDLE_EXIT', 'SETTINGS', 'LOG']
  .map(name => `SWEEPS_${name}`);

export const unknownSettings = names => names.filter(name => name.startsWith('SWEEPS_') && !settings.includes(name))
  .map(name => `${name} is no setting of a silo`);
