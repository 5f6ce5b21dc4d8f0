const day = 86_400;

/** Looking at each distinct picture once, those from archives too: bytes read, decoded and fingerprinted. */
const picturesOf = ({ seizure, measured }, { rows, cores, readRate }) => {
  const count = rows * seizure.pictures.value * (1 - seizure.duplicates.value);
  const [small, large] = [seizure.picturesSmall.value, seizure.picturesLarge.value];
  const seconds =
    small * measured.pictureSmall.value +
    (1 - small - large) * measured.pictureMedium.value +
    large * measured.pictureLarge.value;
  const byCores = (count * seconds) / cores / day;
  const byReading = (count * seizure.pictureBytes.value) / readRate / day;
  return { count, milliseconds: 1000 * seconds, byCores, byReading, days: Math.max(byCores, byReading) };
};

/** All figures of the plan, from the inputs alone. */
export const planOf = ({ seizure, machines, measured }) => {
  const v = (group, name) => group[name].value;
  const files = v(seizure, 'bytes') / v(seizure, 'fileBytes');
  const sets = v(seizure, 'archives') / v(seizure, 'volumesPerSet');
  const members = sets * v(seizure, 'membersPerSet');
  const cores = v(machines, 'workers') * v(machines, 'cores');
  const digestSeconds = (bytes) =>
    bytes * ['sha256', 'sha1', 'md5'].reduce((sum, name) => sum + 1 / v(measured, name), 0);

  const coreSeconds = digestSeconds(v(seizure, 'bytes')) + files * v(measured, 'perFile');
  const passByCores = coreSeconds / cores / day;
  const readRate = Math.min(v(machines, 'workers') * v(machines, 'read'), v(machines, 'storeRead'));
  const passByReading = v(seizure, 'bytes') / readRate / day;
  const passRows = files / v(measured, 'rowsPerSecond') / day;
  const rows = files + members;
  const gpus = v(machines, 'gpus');
  const checks = (name) => ({
    checks: v(measured, name),
    rar3Cpu: v(measured, name) / (v(measured, 'rar3Cpu') * cores) / day,
    rar3Gpu: v(measured, name) / (v(measured, 'rar3Gpu') * gpus) / day,
    rar5Cpu: v(measured, name) / (v(measured, 'rar5Cpu') * cores) / day,
    rar5Gpu: v(measured, name) / (v(measured, 'rar5Gpu') * gpus) / day,
  });
  return {
    files,
    sets,
    members,
    rows,
    cores,
    pass: {
      byCores: passByCores,
      byReading: passByReading,
      byRows: passRows,
      days: Math.max(passByCores, passByReading, passRows),
    },
    census:
      (v(seizure, 'archives') * (v(machines, 'openSeconds') / v(machines, 'disks') + v(measured, 'census') / cores)) /
      day,
    storage: { kept: v(seizure, 'bytes') * (1 - v(seizure, 'duplicates')), database: rows * v(measured, 'rowBytes') },
    pictures: picturesOf({ seizure, measured }, { rows, cores, readRate }),
    partitions: Math.ceil(rows / 50_000_000),
    inOrder: checks('checksInOrder'),
    ofAll: checks('checksOfAll'),
  };
};
