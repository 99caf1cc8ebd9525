import type { DatasetName, Source } from '../source/source.js';
import { DataText } from '../components/data-text.js';
import { Drawer } from '../components/drawer.js';
import { LoadedView } from '../components/loading.js';
import { useLoaded } from '../components/use-loaded.js';
import { InstanceBody } from '../instance/instance-body.js';
import { InstanceLabels } from '../instance/instance-labels.js';
import { chosenSet } from '../labels/chosen-set.js';

export interface ProjectedDrawerProps {
  readonly source: Source;
  readonly origin: DatasetName;
  readonly instanceId: string;
  readonly onClose: () => void;
}

/** One instance beside the picture: to look at and to label. */
export function ProjectedDrawer({ source, origin, instanceId, onClose }: ProjectedDrawerProps) {
  const loaded = useLoaded(() => source.instance(origin, instanceId), [instanceId]);
  const ident = loaded.state === 'there' ? loaded.value.ident : instanceId;
  return (
    <Drawer title={<DataText text={ident} max={60} />} shows={instanceId} onClose={onClose}>
      <LoadedView of={loaded} what="the instance">
        {(instance) => (
          <>
            <InstanceLabels
              key={instanceId}
              source={source}
              instance={{ ...origin, instanceId, ident: instance.ident, family: null }}
              set={chosenSet.value}
            />
            <InstanceBody
              source={source}
              origin={origin}
              instance={instance}
              part={undefined}
              withFacts
              onFeature={null}
            />
          </>
        )}
      </LoadedView>
    </Drawer>
  );
}
